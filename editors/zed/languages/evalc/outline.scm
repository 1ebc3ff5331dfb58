(block
  keyword: (keyword) @context
  name: (name) @name) @item

(nested
  keyword: (keyword) @context
  name: (name) @name) @item
