// Puts an empty token in front of each line, which tells its kind, and takes comments and strange lines whole.
//
// The kinds are those of ../../evalc.lark. In front of a value, a text or a pattern an empty token tells likewise that
// it is closed on its line. So the parser never meets a line that it cannot read.

#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"

enum Token {
  USE,
  LET,
  LET_PROSE,
  RETIRED,
  BROKEN,
  BLOCK,
  CHECK,
  RULE,
  FIELD,
  PROSE_FIELD,
  TABLE_FIELD,
  NESTED,
  NESTED_CHECK,
  NESTED_RULE,
  NESTED_FIELD,
  NESTED_PROSE_FIELD,
  PROSE_2,
  PROSE_4,
  PROSE_6,
  FILE_VALUE,
  QUOTED_VALUE,
  PLAIN_VALUE,
  TEXT,
  PATTERN,
  UNREADABLE,
  COMMENT,
  STRANGE,
  // No token of this scanner.
  NONE,
};

// What is kept between tokens: whether there was one, and whether the line above is prose or begins it. A comment or a
// strange line ends prose, though the parser, which takes them anywhere, would let it go on.
typedef struct {
  bool has_begun;
  bool is_prose;
} State;

// The kind of a line is told by this many of its characters.
enum { LINE_SIZE = 1024 };

// ---------------------------------------------------------------------------------------------------- characters

static bool is_blank(int32_t c) { return c == ' ' || c == '\t' || c == '\r'; }

static bool is_space(int32_t c) {
  return is_blank(c) || (c >= '\n' && c <= '\f') || (c >= 0x1c && c <= 0x1f) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

static bool is_letter(int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }

// ------------------------------------------------------------------------------- a line, which ends with a zero

static const int32_t *skip_blank(const int32_t *at) {
  while (is_blank(*at)) at++;
  return at;
}

static const int32_t *skip_word(const int32_t *at) {
  while (is_letter(*at) || is_digit(*at) || *at == '_' || *at == '-') at++;
  return at;
}

static const int32_t *skip_name(const int32_t *at) {
  while (*at && !is_space(*at) && *at != ':') at++;
  return at;
}

// The quote that closes a text, or the end of the line.
static const int32_t *skip_quoted(const int32_t *at) {
  for (at++; *at && *at != '"'; at++) {
    if (*at == '\\' && at[1]) at++;
  }
  return at;
}

// Whether a line begins with this word and a space behind it.
static bool begins_with(const int32_t *line, const char *word) {
  for (; *word; word++, line++) {
    if (*line != *word) return false;
  }
  return is_blank(*line);
}

static enum Token read_header(const int32_t *line, enum Token kind) {
  const int32_t *keyword_end = skip_word(line), *name = skip_blank(keyword_end);
  if (!is_letter(*line) || name == keyword_end) return STRANGE;
  if (!*name || is_space(*name) || *name == ':' || *name == '(' || *name == '"' || *name == '=' || *name == '|') return STRANGE;
  const int32_t *end = skip_blank(skip_name(name));
  return *end == 0 || *end == ':' ? kind : STRANGE;
}

static enum Token read_use(const int32_t *path) {
  if (*path != '"') return BROKEN;
  for (path++; *path && *path != '"'; path++) {
  }
  return *path && !*skip_blank(path + 1) ? USE : BROKEN;
}

// A line of `let` without `=` in front of any colon may still be a header.
static enum Token read_let(const int32_t *name) {
  const int32_t *end = name;
  while (*end && !is_space(*end) && *end != ':' && *end != '=' && *end != '"') end++;
  const int32_t *mark = skip_blank(end);
  if (end > name && *mark == '=') return LET;
  if (end > name && *mark == ':' && !*skip_blank(mark + 1)) return LET_PROSE;
  while (*name && *name != ':' && *name != '=') name++;
  return *name == '=' ? BROKEN : STRANGE;
}

static enum Token read_retired(const int32_t *name) {
  const int32_t *end = skip_name(name);
  return end > name && *skip_blank(end) == ':' ? RETIRED : BROKEN;
}

static enum Token read_item(const int32_t *line) {
  if (begins_with(line, "use")) return read_use(skip_blank(line + 3));
  if (begins_with(line, "retired")) return read_retired(skip_blank(line + 7));
  if (begins_with(line, "let")) {
    enum Token kind = read_let(skip_blank(line + 3));
    if (kind != STRANGE) return kind;
  }
  return read_header(line, BLOCK);
}

static enum Token read_member(const int32_t *line) {
  if (begins_with(line, "must") || begins_with(line, "should")) return CHECK;
  if (begins_with(line, "pass")) return RULE;
  const int32_t *name_end = skip_word(line), *end = skip_blank(name_end);
  if (*end == '(') {
    for (end++; *end && *end != '(' && *end != ')'; end++) {
      if (*end == '"') end = skip_quoted(end);
      if (!*end) return STRANGE;
    }
    if (*end != ')') return STRANGE;
    end = skip_blank(end + 1);
    if (*end != ':') return STRANGE;
  }
  if (*end != ':') return read_header(line, NESTED);
  if (!is_letter(*line) && !is_digit(*line)) return STRANGE;
  if (*skip_blank(end + 1)) return is_blank(end[1]) ? FIELD : STRANGE;
  bool is_table = name_end - line == 4 && line[0] == 'e' && line[1] == 'a' && line[2] == 'c' && line[3] == 'h';
  return is_table ? TABLE_FIELD : PROSE_FIELD;
}

static enum Token read_nested_member(const int32_t *line) {
  switch (read_member(line)) {
    case CHECK: return NESTED_CHECK;
    case RULE: return NESTED_RULE;
    case FIELD: return NESTED_FIELD;
    case PROSE_FIELD:
    case TABLE_FIELD: return NESTED_PROSE_FIELD;
    default: return STRANGE;
  }
}

static enum Token read_line(const int32_t *line, int indent) {
  switch (indent) {
    case 0: return read_item(line);
    case 2: return read_member(line);
    case 4: return read_nested_member(line);
    default: return STRANGE;
  }
}

// ------------------------------------------------------------------------------------------------------- the lexer

static bool is_end(TSLexer *lexer) { return lexer->lookahead == '\n' || lexer->eof(lexer); }

static void next(TSLexer *lexer) { lexer->advance(lexer, false); }

static void skip(TSLexer *lexer) { lexer->advance(lexer, true); }

static bool found(TSLexer *lexer, enum Token kind) {
  lexer->result_symbol = kind;
  return true;
}

static bool blank_to_end(TSLexer *lexer) {
  while (is_blank(lexer->lookahead)) next(lexer);
  return is_end(lexer);
}

// Goes behind what is between two of these marks; false where it is not closed on this line.
static bool skip_closed(TSLexer *lexer, int32_t mark, bool has_escapes) {
  for (next(lexer); lexer->lookahead != mark; next(lexer)) {
    if (lexer->lookahead == '\\' && has_escapes) next(lexer);
    if (is_end(lexer)) return false;
  }
  next(lexer);
  return true;
}

static enum Token read_value(TSLexer *lexer) {
  if (lexer->lookahead == '"') return skip_closed(lexer, '"', true) && blank_to_end(lexer) ? QUOTED_VALUE : PLAIN_VALUE;
  for (const char *word = "file"; *word; word++, next(lexer)) {
    if (lexer->lookahead != *word) return PLAIN_VALUE;
  }
  if (!is_blank(lexer->lookahead) || blank_to_end(lexer) || lexer->lookahead != '"') return PLAIN_VALUE;
  return skip_closed(lexer, '"', false) && blank_to_end(lexer) ? FILE_VALUE : PLAIN_VALUE;
}

// A slash between brackets does not close a pattern.
static bool read_pattern(TSLexer *lexer) {
  next(lexer);
  if (lexer->lookahead == '/') return false;
  for (bool in_class = false; in_class || lexer->lookahead != '/'; next(lexer)) {
    if (lexer->lookahead == '[') in_class = true;
    if (lexer->lookahead == ']') in_class = false;
    if (lexer->lookahead == '\\') next(lexer);
    if (is_end(lexer)) return false;
  }
  return true;
}

// What begins here in a check or a rule; NONE where it is a word that the parser's own lexer reads.
static enum Token read_word(TSLexer *lexer) {
  int32_t c = lexer->lookahead;
  if (c == '"') return skip_closed(lexer, '"', true) ? TEXT : UNREADABLE;
  if (c == '/') return read_pattern(lexer) ? PATTERN : UNREADABLE;
  if (is_letter(c) || is_digit(c) || c == '_' || c == '$' || c == ',' || c == '=' || c == '<' || c == '>') return NONE;
  next(lexer);
  bool is_sign = (c == '+' || c == '-') && is_digit(lexer->lookahead);
  return is_sign || (c == '!' && lexer->lookahead == '=') ? NONE : UNREADABLE;
}

static bool scan_in_line(TSLexer *lexer, const bool *valid) {
  lexer->mark_end(lexer);
  if (valid[PLAIN_VALUE]) return found(lexer, read_value(lexer));
  if (!valid[UNREADABLE]) return false;
  enum Token kind = valid[TEXT] ? read_word(lexer) : UNREADABLE;
  if (kind == NONE) return false;
  if (kind == UNREADABLE) {
    while (!is_end(lexer)) next(lexer);
    lexer->mark_end(lexer);
  }
  return found(lexer, kind);
}

// Goes to the first visible character below, and gives the spaces that its line begins with.
static int skip_to_line(TSLexer *lexer, bool *has_tab) {
  for (;;) {
    int indent = 0;
    for (; lexer->lookahead == ' '; indent++) skip(lexer);
    *has_tab = is_blank(lexer->lookahead);
    while (is_blank(lexer->lookahead)) skip(lexer);
    if (lexer->lookahead != '\n' || lexer->eof(lexer)) return indent;
    skip(lexer);
  }
}

static bool scan_line(State *state, TSLexer *lexer, const bool *valid) {
  bool has_tab;
  int indent = skip_to_line(lexer, &has_tab);
  if (lexer->eof(lexer)) return false;
  lexer->mark_end(lexer);
  state->has_begun = true;
  for (int kind = PROSE_2; kind <= PROSE_6 && state->is_prose; kind++) {
    if (valid[kind] && indent >= 2 * (kind - PROSE_2 + 1)) return found(lexer, kind);
  }
  int32_t line[LINE_SIZE];
  int length = 0;
  enum Token kind = lexer->lookahead == '#' ? COMMENT : STRANGE;
  for (; !is_end(lexer); next(lexer)) {
    if (length < LINE_SIZE - 1) line[length++] = lexer->lookahead;
  }
  line[length] = 0;
  if (kind == STRANGE && !has_tab) kind = read_line(line, indent);
  if (!valid[kind]) kind = STRANGE;
  if (kind == COMMENT || kind == STRANGE) lexer->mark_end(lexer);
  state->is_prose = kind == LET_PROSE || kind == PROSE_FIELD || kind == TABLE_FIELD || kind == NESTED_PROSE_FIELD;
  return found(lexer, kind);
}

// ---------------------------------------------------------------------------------------- what the library calls

void *tree_sitter_evalc_external_scanner_create(void) { return ts_calloc(1, sizeof(State)); }

void tree_sitter_evalc_external_scanner_destroy(void *payload) { ts_free(payload); }

unsigned tree_sitter_evalc_external_scanner_serialize(void *payload, char *buffer) {
  State *state = payload;
  buffer[0] = state->has_begun;
  buffer[1] = state->is_prose;
  return 2;
}

void tree_sitter_evalc_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  State *state = payload;
  state->has_begun = length == 2 && buffer[0];
  state->is_prose = length == 2 && buffer[1];
}

bool tree_sitter_evalc_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  State *state = payload;
  if (state->has_begun) {
    while (is_blank(lexer->lookahead)) skip(lexer);
    if (!is_end(lexer)) return scan_in_line(lexer, valid);
  }
  // A new block may begin wherever a line may.
  return valid[BLOCK] && scan_line(state, lexer, valid);
}
