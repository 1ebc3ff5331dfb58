/**
 * The language for editors that use tree-sitter. `../evalc.lark` and `../check.lark` define it; this grammar follows
 * them, and the tests hold the two together.
 *
 * What kind a line is shows only when all of it was seen, so `src/scanner.c` looks ahead and puts an empty token in
 * front of each line. With that, every text has a tree without an error of the parser: a line that fits nowhere is
 * `strange`, and the end of a line from where it cannot be read is `unreadable`. Line breaks are white space here.
 */

const NAME = /[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*/;
const KEY = /[A-Za-z0-9][A-Za-z0-9_-]*/;

module.exports = grammar({
  name: "evalc",

  // In the order of `enum Token` in src/scanner.c.
  externals: ($) => [
    $._use,
    $._let,
    $._let_prose,
    $._retired,
    $._broken,
    $._block,
    $._check,
    $._rule,
    $._field,
    $._prose_field,
    $._table_field,
    $._nested,
    $._nested_check,
    $._nested_rule,
    $._nested_field,
    $._nested_prose_field,
    $._prose_2,
    $._prose_4,
    $._prose_6,
    $._file_value,
    $._quoted_value,
    $._plain_value,
    $._text,
    $._pattern,
    $.unreadable,
    $.comment,
    $.strange,
  ],

  extras: ($) => [/[ \t\r\n]/, $.comment, $.strange],

  rules: {
    source_file: ($) => repeat(choice($.use, $.let, $.retired, $.broken, $.block)),

    use: ($) => seq($._use, "use", field("path", $.file_path)),
    let: ($) =>
      choice(
        seq($._let, "let", field("name", alias($._let_name, $.name)), "=", optional($._value)),
        seq($._let_prose, "let", field("name", alias($._let_name, $.name)), ":", optional(prose($, $._prose_2))),
      ),
    retired: ($) => seq($._retired, "retired", field("name", alias($._header_name, $.name)), ":", optional($.title)),
    broken: ($) => seq($._broken, choice("use", "let", "retired"), optional($.unreadable)),

    block: ($) =>
      seq(
        header($, $._block),
        repeat(
          choice(
            alias($._check_line, $.check),
            alias($._rule_line, $.rule),
            alias($._field_line, $.field),
            alias($._prose_line, $.field),
            alias($._table_line, $.field),
            $.nested,
          ),
        ),
      ),
    nested: ($) =>
      seq(
        header($, $._nested),
        repeat(
          choice(
            alias($._nested_check_line, $.check),
            alias($._nested_rule_line, $.rule),
            alias($._nested_field_line, $.field),
            alias($._nested_prose_line, $.field),
          ),
        ),
      ),

    _field_line: ($) => seq(key($, $._field), $._value),
    _nested_field_line: ($) => seq(key($, $._nested_field), $._value),
    _prose_line: ($) => seq(key($, $._prose_field), optional(prose($, $._prose_4))),
    _nested_prose_line: ($) => seq(key($, $._nested_prose_field), optional(prose($, $._prose_6))),
    _table_line: ($) => seq(key($, $._table_field), optional(field("value", $.table))),
    qualifier: ($) => seq("(", optional($._qualifier), ")"),

    _value: ($) =>
      field(
        "value",
        choice(
          seq($._file_value, $.file),
          seq($._quoted_value, alias($._quoted, $.text)),
          seq($._plain_value, $.value),
        ),
      ),
    file: ($) => seq("file", field("path", $.file_path)),
    value: ($) => $._pieces,
    title: ($) => $._pieces,
    table: ($) => repeat1(seq($._prose_4, repeat1(choice("|", $.slot, $._cell)))),

    _check_line: ($) => seq($._check, words($)),
    _nested_check_line: ($) => seq($._nested_check, words($)),
    _rule_line: ($) => seq($._rule, condition($)),
    _nested_rule_line: ($) => seq($._nested_rule, condition($)),

    label: ($) => prec.right(seq("as", optional(field("name", alias($._name, $.name))))),
    text: ($) => seq($._text, $._quoted),
    _quoted: ($) => seq('"', repeat(choice($.slot, $._text_piece)), '"'),
    pattern: ($) => seq($._pattern, "/", repeat(choice($.slot, $._pattern_piece, $._class)), $._pattern_end),

    _class: ($) => seq("[", repeat(choice($.slot, $._class_piece)), "]"),

    keyword: () => /[A-Za-z][A-Za-z0-9_-]*/,
    file_path: () => /"[^"\n]*"/,
    number: () => token(prec(1, /\$?[+-]?[0-9]+(\.[0-9]+)?(%|[A-Za-z]+)?/)),
    path: () => /\$(\.[A-Za-z_][A-Za-z0-9_-]*|\[[0-9]+\]|\[\*\]|\["([^"\\\n]|\\.)*"\])*/,
    operator: () => choice(">=", "<=", "!=", "=", "<", ">"),
    slot: () => token(prec(2, /\{\{[A-Za-z0-9][A-Za-z0-9_.-]*\}\}/)),

    _pieces: ($) => repeat1(choice($.slot, $._piece)),
    _name: () => NAME,
    _key: () => KEY,
    _header_name: () => /[^\s:]+/,
    _let_name: () => /[^\s:="]+/,
    _qualifier: () => /([^()"\r\n]|"([^"\\\r\n]|\\[^\r\n])*")+/,
    _piece: () => /[^{\r\n]+|\{/,
    _cell: () => /[^|{\\\r\n]+|\\+\|?|\{/,
    _text_piece: () => /[^"\\{\r\n]+|\\.|\{/,
    _pattern_piece: () => /[^/\\{\[\r\n]+|\\.|\{/,
    _class_piece: () => /[^\]\\{\r\n]+|\\.|\{/,
    _pattern_end: () => token.immediate(/\/[A-Za-z]*/),
  },
});

/** The line that begins a block. */
function header($, start) {
  return seq(
    start,
    field("keyword", $.keyword),
    field("name", alias($._header_name, $.name)),
    optional(seq(":", optional(field("title", $.title)))),
  );
}

/** What stands before the value of a field. */
function key($, start) {
  return seq(start, field("name", alias($._key, $.field_name)), optional($.qualifier), ":");
}

/** Lines of prose that each begin with this token. */
function prose($, line) {
  return field("value", alias(repeat1(seq(line, $._pieces)), $.prose));
}

/** The words of a check; only the first can be its verb. */
function words($) {
  const other = choice($.label, $.text, $.pattern, $.number, $.path, $.operator, ",");
  const word = choice(other, alias($._name, $.word));
  return seq(
    field("level", choice("must", "should")),
    optional("not"),
    optional(seq(choice(field("verb", alias($._name, $.verb)), other), repeat(word))),
    optional($.unreadable),
  );
}

/** The words of a rule. */
function condition($) {
  const word = alias($._name, $.word);
  return seq(
    "pass",
    repeat(choice("pass", "when", "and", word, $.text, $.pattern, $.number, $.path, $.operator, ",")),
    optional($.unreadable),
  );
}
