using System.Text;
using Kfm.Gates.Scanning;

namespace Kfm.Gates.Tests.Scanning;

public sealed class KnownSecretsTests
{
    private const string Value = "correct/horse+battery staple";
    private static readonly KnownSecrets Known = new([new("API_VALUE", Value), new("SHORT", "abc"), new("EMPTY", "")]);

    public static TheoryData<string> Texts => new()
    {
        Value,
        "x = '" + Value + "';",
        Uri.EscapeDataString(Value),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Value)),
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Value)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Value)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("a" + Value)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("ab" + Value + "cd")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Value)).Replace('+', '-').Replace('/', '_'),
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Value_is_found_and_taken_out_in_every_form(string text)
    {
        Assert.Equal(["known-secret API_VALUE at line 2"], Known.Find("line\n" + text));
        Assert.Contains("[REDACTED:known-secret]", Known.Redact(text), StringComparison.Ordinal);
        Assert.Empty(Known.Find(Known.Redact(text)));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("correct horse")]
    [InlineData("")]
    public void Other_texts_pass(string text)
    {
        Assert.Empty(Known.Find(text));
        Assert.Equal(text, Known.Redact(text));
    }

    [Theory]
    [InlineData("GITHUB_TOKEN", true)]
    [InlineData("AWS_SECRET_ACCESS_KEY", true)]
    [InlineData("db_password", true)]
    [InlineData("--api-key", true)]
    [InlineData("SSH_AUTH_SOCK", false)]
    [InlineData("TOKEN_FILE", false)]
    [InlineData("DOTNET_ROOT", false)]
    [InlineData("PATH", false)]
    public void Name_of_a_variable_tells_whether_it_is_secret(string name, bool secret) => Assert.Equal(secret, KnownSecrets.IsSecretName(name));
}
