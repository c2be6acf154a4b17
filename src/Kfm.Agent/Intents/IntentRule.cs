namespace Kfm.Agent.Intents;

/// <summary>A row of the table of words.</summary>
/// <param name="Kind">What the words ask for.</param>
/// <param name="Tier">The tier that they ask for.</param>
/// <param name="Weak">Whether the row counts only where no other row fires: a verb such as "fix" says less than its object.</param>
/// <param name="Words">Whole words, and stems that end in <c>*</c>; lower case. A pair of words stands with a space between.</param>
internal sealed record IntentRule(IntentKind Kind, RiskTier Tier, bool Weak, params string[] Words)
{
    public static readonly IReadOnlyList<IntentRule> Table =
    [
        new(IntentKind.Compliance, RiskTier.Critical, false, "compliance", "gdpr", "caricom", "licence*", "license*", "legal", "privacy", "personal data",
            "retention", "consent", "sovereignty", "policy", "policies", "regulat*"),
        new(IntentKind.Architecture, RiskTier.Critical, false, "architectur*", "rearchitect*", "microservice*", "monolith*", "new service", "replace database",
            "layering", "cross-cutting"),
        new(IntentKind.Auth, RiskTier.High, false, "auth", "authenticat*", "authoris*", "authoriz*", "login", "logout", "sign-in", "password*", "credential*",
            "token*", "oauth*", "oidc", "saml", "permission*", "rbac", "secret*", "encrypt*", "decrypt*", "session*"),
        new(IntentKind.Migration, RiskTier.High, false, "migrat*", "database", "sql", "backfill*", "alter table", "drop table", "drop column"),
        new(IntentKind.Api, RiskTier.Medium, false, "api", "apis", "endpoint*", "interface*", "signature", "breaking", "deprecat*", "protocol", "contract*"),
        new(IntentKind.Config, RiskTier.Low, false, "config", "configuration", "configure*", "setting*", "editorconfig", "gitignore", "linter"),
        new(IntentKind.Docs, RiskTier.Low, false, "doc", "docs", "document*", "readme", "changelog", "comment*", "typo*", "spelling", "tutorial*", "guide*", "adr"),
        new(IntentKind.Fix, RiskTier.Medium, true, "fix*", "bug*", "repair*", "correct*", "crash*", "regression*", "wrong*", "fail*", "error*"),
        new(IntentKind.Feature, RiskTier.Medium, true, "add*", "implement*", "support*", "feature*", "introduc*", "creat*", "new", "extend*", "allow*", "let",
            "refactor*", "improv*", "chang*"),
    ];

    /// <summary>The id under which the rule is reported.</summary>
    public string Id => "intent." + Kind.ToString().ToLowerInvariant();

    /// <summary>The first word of a text that the rule knows, or null.</summary>
    public string? Match(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var pair = i + 1 < words.Count ? words[i] + " " + words[i + 1] : "";
            if (Array.Exists(Words, w => IsMatch(w, words[i])))
            {
                return words[i];
            }

            if (Words.Contains(pair, StringComparer.Ordinal))
            {
                return pair;
            }
        }

        return null;
    }

    private static bool IsMatch(string pattern, string word) =>
        pattern[^1] == '*' ? word.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : string.Equals(word, pattern, StringComparison.Ordinal);
}
