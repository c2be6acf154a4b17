using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class BuiltinTests
{
    [Theory]
    [InlineData("1", "'\\x01'")]
    [InlineData("39", "'\\''")]
    [InlineData("34", "'\"'")]
    [InlineData("120", "'x'")]
    public void Number_is_quoted_as_a_character(string number, string expected) =>
        Assert.Equal(RegoValue.Of(expected).ToString(), RegoRun.Eval($"p := sprintf(\"%q\", [{number}])"));

    [Theory]
    [InlineData("net.cidr_merge([\"192.0.2.0/25\", \"192.0.2.128/25\", \"2001:db8::/33\", \"2001:db8:8000::/33\"])", "{\"192.0.2.0/24\", \"2001:db8::/32\"}")]
    [InlineData("net.cidr_merge([\"::/0\"])", "{\"::/0\"}")]
    [InlineData("net.cidr_merge([\"fe80::1\"])", null)]
    [InlineData("net.cidr_expand(\"192.0.2.4/31\")", "{\"192.0.2.4\", \"192.0.2.5\"}")]
    [InlineData("net.cidr_contains_matches([\"192.0.2.0/24\"], {\"a\": \"192.0.2.1\", \"b\": \"198.51.100.1\"})", "{[0, \"a\"]}")]
    [InlineData("json.patch({\"a\": [1]}, [{\"op\": \"add\", \"path\": \"/a/-\", \"value\": 2}])", "{\"a\": [1, 2]}")]
    [InlineData("json.patch({\"a\": 1}, [{\"op\": \"move\", \"from\": \"/a\", \"path\": \"/b\"}])", "{\"b\": 1}")]
    [InlineData("json.patch({\"a\": 1}, [{\"op\": \"test\", \"path\": \"/a\", \"value\": 2}])", null)]
    [InlineData("json.patch({\"a\": [1]}, [{\"op\": \"remove\", \"path\": \"/a/01\"}])", null)]
    [InlineData("graph.reachable_paths({\"a\": [\"b\", \"c\"], \"b\": [\"a\"], \"c\": []}, [\"a\"])", "{[\"a\", \"b\"], [\"a\", \"c\"]}")]
    [InlineData("uri.parse(\"https://u@[::1]:80/a%20b?q#f\")", "{\"fragment\": \"f\", \"hostname\": \"::1\", \"path\": \"/a b\", \"port\": \"80\", \"raw_path\": \"/a%20b\", \"raw_query\": \"q\", \"scheme\": \"https\"}")]
    [InlineData("uri.is_valid(\"http://[::1\")", "false")]
    [InlineData("uri.is_valid(\"%2\")", "false")]
    [InlineData("uuid.parse(\"00000000-0000-4000-8000-000000000000\")", "{\"variant\": \"RFC4122\", \"version\": 4}")]
    [InlineData("uuid.parse(\"no\")", null)]
    [InlineData("time.format(1670006453141828752)", "\"2022-12-02T18:40:53.141828752Z\"")]
    [InlineData("time.format([1670006453000000000, \"UTC\", \"Mon Jan _2 3:04PM 2006 MST .000\"])", "\"Fri Dec  2 6:40PM 2022 UTC .000\"")]
    [InlineData("time.diff(1000000000, 62000000000)", "[0, 0, 0, 0, 1, 1]")]
    public void Call_gives_its_value(string call, string? expected) => Assert.Equal(expected, RegoRun.Eval("p := " + call));

    [Theory]
    [InlineData("{\"secret\": \"s\", \"time\": 1000000000}", "true")]
    [InlineData("{\"secret\": \"s\", \"time\": 5000000000}", "false")]
    [InlineData("{\"secret\": \"other\", \"time\": 1000000000}", "false")]
    [InlineData("{\"secret\": \"s\", \"alg\": \"HS384\", \"time\": 1000000000}", "false")]
    [InlineData("{\"secret\": \"s\", \"iss\": \"kfm\", \"time\": 1000000000}", "false")]
    [InlineData("{\"secret\": \"s\", \"aud\": \"a\", \"time\": 1000000000}", "false")]
    [InlineData("{\"time\": 1000000000}", null)]
    [InlineData("{\"secret\": \"s\", \"unknown\": 1}", null)]
    public void Token_is_verified_against_its_constraints(string constraints, string? expected)
    {
        var signed = Part("{\"alg\":\"HS256\"}") + "." + Part("{\"exp\":5}");
        var token = signed + "." + Base64Url.EncodeToString(HMACSHA256.HashData("s"u8.ToArray(), Encoding.ASCII.GetBytes(signed)));
        Assert.Equal(expected, RegoRun.Eval($"p := valid if [valid, _, _] := io.jwt.decode_verify(\"{token}\", {constraints})"));
    }

    [Fact]
    public void Token_of_a_curve_key_is_verified_by_its_public_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signed = Part("{\"alg\":\"ES256\"}") + "." + Part("{}");
        var token = signed + "." + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
        Assert.Equal("true", RegoRun.Eval($"p := io.jwt.verify_es256(\"{token}\", `{key.ExportSubjectPublicKeyInfoPem()}`)"));
        Assert.Equal("false", RegoRun.Eval($"p := io.jwt.verify_rs256(\"{token}\", `{key.ExportSubjectPublicKeyInfoPem()}`)"));
    }

    [Theory]
    [InlineData("io.jwt.verify_rs256(\"e30.e30.\", \"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\")")]
    [InlineData("io.jwt.verify_rs256(\"e30.e30.\", \"{}\")")]
    [InlineData("io.jwt.decode(\"a.b\")")]
    [InlineData("io.jwt.decode(\"W10.e30.\")")]
    public void Broken_token_or_key_is_undefined(string call) => Assert.Null(RegoRun.Eval("p := " + call));

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
