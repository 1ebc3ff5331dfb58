; What each part of a spec is coloured as. The names are among those that Neovim and Helix both know.

(comment) @comment
(strange) @error
(unreadable) @error

["use" "let" "retired" "file" "pass" "when" "and" "as"] @keyword
(keyword) @keyword
(name) @function
(title) @markup.heading

(field_name) @attribute
(qualifier) @variable.parameter
(value) @string.special
(prose) @spell
(table) @spell

["must" "should" "not"] @keyword.operator
(verb) @function.builtin
(word) @variable
(text) @string
(file_path) @string
(pattern) @string.regexp
(number) @constant.numeric
(path) @variable.other.member
(operator) @operator
(slot) @constant.builtin

[":" "," "|"] @punctuation.delimiter
(let "=" @punctuation.delimiter)
(qualifier ["(" ")"] @punctuation.bracket)
