vim.filetype.add({ extension = { evalc = "evalc" } })
