using FsCheck;
using FsCheck.Fluent;
using Kfm.Gates.Scanning;

namespace Kfm.Gates.Tests.Scanning;

public class SecretScannerTests
{
    // Put together here, so that no file of the repository holds a text of this form.
    private static readonly string GitHub = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a";
    private static readonly string Aws = "AKIA" + "2OGYBAH6STMMNXNN";

    public static TheoryData<string, string> Secrets => new()
    {
        { "github-token", GitHub },
        { "aws-access-key", Aws },
        { "google-api-key", "AIza" + "SyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe" },
        { "slack-token", "xoxb-" + "781236542736-2364535789652-GkwFDQoHqzXDVsC6GzqYUypD" },
        { "stripe-key", "sk_live_" + "aevCmqPnk2hqp2Z9dR5tXzQm" },
        { "npm-token", "npm_" + "h5Uq8Zr2Kx0vN3tY7wLb1sDf6GjPc9MaQe4R" },
        { "jwt", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4ifQ." + "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c" },
        { "azure-storage-key", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=" + new string('a', 43) + new string('Z', 43) + "==" },
        { "connection-string", "Server=db;Database=x;User Id=sa;Password=" + "Tr0ub4dor3;" },
        { "url-password", "postgres://user:" + "s3cretPass9@db.internal/x" },
        { "generic-assignment", "\"apiKey\": \"" + "9f3Kd72LmQx81ZbT0vWc\"" },
        { "nuget-password", "<add key=\"ClearTextPassword\" value=\"" + "hunter2hunter2\" />" },
        { "private-key", "-----BEGIN " + "EC PRIVATE KEY-----\nMHcCAQEEIBkg\n-----END EC PRIVATE KEY-----" },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Secret_is_found_and_taken_out(string rule, string text)
    {
        var padded = "first\n  " + text + "\n";
        var finding = Assert.Single(SecretScanner.Scan(padded));
        Assert.Equal(rule, finding.Rule);
        Assert.Equal(2, finding.Line);
        Assert.Matches("^[0-9a-f]{16}$", finding.Fingerprint);
        var redacted = SecretScanner.Redact(padded);
        Assert.Contains($"[REDACTED:{rule}:1]", redacted, StringComparison.Ordinal);
        Assert.Equal(redacted, SecretScanner.Redact(redacted));
    }

    [Fact]
    public void Every_rule_runs_in_linear_time()
    {
        // The engine refuses an expression that it cannot run so when the first keyword makes the rule build it.
        Assert.All(SecretRules.All.SelectMany(rule => rule.Keywords.Select(keyword => (rule, keyword))), one => Assert.Empty(one.rule.Find(one.keyword)));
    }

    [Theory]
    [InlineData("var token = GetToken(request);")]
    [InlineData("password = \"changeme-please-now\"")]
    [InlineData("\"apiKey\": \"${API_KEY_FROM_ENV_9}\"")]
    [InlineData("publicKeyToken=\"b03f5f7f11d50a3a\"x")]
    [InlineData("key: value")]
    [InlineData("see https://example.org/path:80@x")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Ordinary_text_is_not_a_secret(string text) => Assert.Empty(SecretScanner.Scan(text));

    [Fact]
    public void Equal_secrets_get_equal_placeholders()
    {
        var redacted = SecretScanner.Redact($"{GitHub} {Aws} {GitHub}");
        Assert.Equal("[REDACTED:github-token:1] [REDACTED:aws-access-key:1] [REDACTED:github-token:1]", redacted);
    }

    [Fact]
    public void Placeholder_that_is_there_is_not_given_again()
    {
        Assert.Equal("[REDACTED:github-token:1] [REDACTED:github-token:2]", SecretScanner.Redact("[REDACTED:github-token:1] " + GitHub));
    }

    [Fact]
    public void Finding_never_holds_the_secret()
    {
        var finding = SecretScanner.Scan(GitHub)[0];
        Assert.DoesNotContain(GitHub[4..], finding.ToString() + finding.Fingerprint, StringComparison.Ordinal);
    }

    [Fact]
    public void Allow_comment_counts_only_where_asked()
    {
        var line = GitHub + " // kfm:allow-secret\n";
        Assert.Single(SecretScanner.Scan(line));
        Assert.Empty(SecretScanner.Scan(line, new SecretScanOptions { HonourAllowComments = true }));
        Assert.Single(SecretScanner.ScanPatch($"+++ b/a.cs\n@@ -0,0 +1 @@\n+{line}", new SecretScanOptions { HonourAllowComments = true }));
    }

    [Fact]
    public void Patch_is_scanned_for_what_it_adds()
    {
        var patch = $"diff --git a/x.cs b/x.cs\n--- a/x.cs\n+++ b/x.cs\n@@ -10,3 +10,3 @@\n context {Aws}\n-old {Aws}\n+new {GitHub}\n context\n";
        var finding = Assert.Single(SecretScanner.ScanPatch(patch));
        Assert.Equal(("github-token", "x.cs", 11, 5), (finding.Rule, finding.Path, finding.Line, finding.Column));
    }

    [Fact]
    public void Added_line_that_looks_like_a_header_is_scanned()
    {
        var patch = $"--- a/x\n+++ b/x\n@@ -0,0 +1,1 @@\n+++ {GitHub}\n";
        Assert.Equal(1, Assert.Single(SecretScanner.ScanPatch(patch)).Line);
    }

    [Fact]
    public void File_name_is_scanned()
    {
        Assert.Equal(0, SecretScanner.ScanPatch($"--- /dev/null\n+++ b/{GitHub}.txt\n@@ -0,0 +1 @@\n+x\n")[0].Line);
    }

    [Fact]
    public void Text_beyond_the_limit_is_refused()
    {
        var error = Assert.Throws<SecretScanException>(() => SecretScanner.Scan("12345", new SecretScanOptions { MaxLength = 4 }));
        Assert.Contains("limit is 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Redaction_is_idempotent_and_leaves_no_finding()
    {
        var pieces = Gen.Elements(GitHub, Aws, " ", "\n", "password=", "[REDACTED:", "]", "x9", ";", "\"", "apiKey: ", "://u:", "@h");
        Prop.ForAll(Arb.From(pieces.ListOf().Select(p => string.Concat(p))), text =>
        {
            var once = SecretScanner.Redact(text);
            return SecretScanner.Redact(once) == once && SecretScanner.Scan(once).Count == 0;
        }).QuickCheckThrowOnFailure();
    }
}
