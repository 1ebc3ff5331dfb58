"""What can be wrong with a policy."""

from evalc.base.diagnostic import Code

_HOSTED = '[targets.hosted]\ntype = "openai"\nbase_url = "https://models.example/v1"\nmodel = "large"\n'

UNREADABLE_POLICY = Code(
    name="unreadable-policy",
    level="error",
    message="the policy {path} cannot be read: {reason}",
    meaning="A run reads its targets and judges from `evalc.toml`, and there is no such file, or it cannot be read.",
    wrong="evalc run --target good     # in a folder without evalc.toml",
    right='[targets.good]\ntype = "scripted"\nanswers = "good"',
)
POLICY_SYNTAX = Code(
    name="policy-syntax",
    level="error",
    message="this is not TOML: {reason}",
    meaning="The policy is a TOML file, and the text at this place is none.",
    wrong="[targets.good]\ntype = scripted",
    right='[targets.good]\ntype = "scripted"',
)
UNKNOWN_SETTING = Code(
    name="unknown-setting",
    level="error",
    message="there is no setting `{name}` in {where}",
    meaning="Nothing in a policy is read and then ignored, so a name that nobody reads is a mistake.",
    wrong="[limits]\nconcurency = 50",
    right="[limits]\nconcurrency = 50",
)
MISSING_SETTING = Code(
    name="missing-setting",
    level="error",
    message="{where} needs `{name}`",
    meaning="A target or judge cannot be asked without this option.",
    wrong='[targets.local]\ntype = "openai"\nmodel = "llama"',
    right='[targets.local]\ntype = "openai"\nmodel = "llama"\nbase_url = "http://127.0.0.1:8000/v1"',
)
UNFIT_SETTING = Code(
    name="unfit-setting",
    level="error",
    message="`{name}` {problem}",
    meaning="The value of this setting is not of the kind, or not in the range, that it takes.",
    wrong='[limits]\nconcurrency = "many"',
    right="[limits]\nconcurrency = 50",
)
UNKNOWN_TYPE = Code(
    name="unknown-type",
    level="error",
    message="there is no type `{name}` of targets",
    meaning="`type` is the name of a member of the family of targets.",
    wrong='[targets.good]\ntype = "script"',
    right='[targets.good]\ntype = "scripted"',
)
INLINE_SECRET = Code(
    name="inline-secret",
    level="error",
    message="`{name}` is the name of an environment variable, and this is something else",
    meaning="A policy is committed and printed, so a key never stands in it; it names where the key is found.",
    wrong=_HOSTED + 'key = "sk-..."',
    right=_HOSTED + 'key = "OPENAI_API_KEY"',
)
