using FsCheck;
using FsCheck.Fluent;
using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class HostileBuiltinTests
{
    private const string Secret = "{\"kty\": \"oct\", \"k\": \"c2VjcmV0\"}";

    [Theory]
    [InlineData("io.jwt.encode_sign({\"alg\": \"HS256\"}, {}, " + Secret + ")", "\"eyJhbGciOiJIUzI1NiJ9.e30.XmNK3GpH3Ys_7wsYBfq4C3M6goz71I7dTgUkuIa5lyQ\"")]
    [InlineData("regex.globs_match(\"a.a.[0-9]+z\", \"[a-z]+.*z\")", "true")]
    [InlineData("regex.globs_match(\"[a-b]+\", \"[c-d]+\")", "false")]
    [InlineData("regex.template_match(\"urn:{[a-z]+}:x\", \"urn:foo:x\", \"{\", \"}\")", "true")]
    [InlineData("regex.template_match(\"urn:{[a-z]+}:x\", \"urn:F:x\", \"{\", \"}\")", "false")]
    [InlineData("time.parse_ns(\"2006-01-02\", \"1970-01-02\")", "86400000000000")]
    [InlineData("json.match_schema({\"a\": 1}, {\"properties\": {\"a\": {\"type\": \"number\"}}})[0]", "true")]
    [InlineData("json.match_schema({\"a\": \"1\"}, {\"properties\": {\"a\": {\"type\": \"number\"}}})[0]", "false")]
    [InlineData("json.verify_schema({\"type\": \"what\"})[0]", "false")]
    [InlineData("graphql.is_valid(\"{ a }\", \"type Query { a: Int }\")", "true")]
    [InlineData("graphql.is_valid(\"{ b }\", \"type Query { a: Int }\")", "false")]
    [InlineData("graphql.schema_is_valid(\"type Query { a: Nowhere }\")", "false")]
    [InlineData("rego.parse_module(\"x\", \"package a.b\").package.path[2].value", "\"b\"")]
    [InlineData("rego.parse_module(\"x\", \"package a\\np := count(x) + 1 if { not q with input as 1 }\").rules[0].body[0]", "{\"index\": 0, \"negated\": true, \"terms\": {\"type\": \"var\", \"value\": \"q\"}, \"with\": [{\"target\": {\"type\": \"var\", \"value\": \"input\"}, \"value\": {\"type\": \"number\", \"value\": 1}}]}")]
    [InlineData("rego.parse_module(\"x\", \"package a\\np contains 1\").rules[0].head", "{\"key\": {\"type\": \"number\", \"value\": 1}, \"name\": \"p\", \"ref\": [{\"type\": \"var\", \"value\": \"p\"}]}")]
    public void Call_gives_its_value(string call, string expected) => Assert.Equal(expected, RegoRun.Eval("p := " + call));

    [Theory]
    [InlineData("io.jwt.encode_sign({\"alg\": \"none\"}, {}, " + Secret + ")", "unknown JWS algorithm: none")]
    [InlineData("io.jwt.encode_sign({}, {}, " + Secret + ")", "missing or invalid 'alg' header")]
    [InlineData("io.jwt.encode_sign({\"alg\": \"RS256\"}, {}, " + Secret + ")", "cannot sign with RS256")]
    [InlineData("io.jwt.encode_sign({\"alg\": \"RS256\"}, {}, {\"kty\": \"RSA\", \"n\": \"AQAB\", \"e\": \"AQAB\", \"d\": \"AQAB\"})", "io.jwt.encode_sign")]
    [InlineData("io.jwt.encode_sign_raw(\"{\", \"{}\", \"{}\")", "io.jwt.encode_sign_raw")]
    [InlineData("providers.aws.sign_req({\"method\": \"get\", \"url\": \"http://[::\"}, {\"aws_access_key\": \"a\", \"aws_secret_access_key\": \"b\", \"aws_region\": \"c\", \"aws_service\": \"d\"}, 1)", "providers.aws.sign_req")]
    [InlineData("providers.aws.sign_req({\"method\": \"get\"}, {\"aws_access_key\": \"a\", \"aws_secret_access_key\": \"b\", \"aws_region\": \"c\", \"aws_service\": \"d\"}, 1)", "missing required request parameters(s): {\"url\"}")]
    [InlineData("providers.aws.sign_req({\"method\": \"get\", \"url\": \"http://a\"}, {\"aws_access_key\": \"a\", \"aws_secret_access_key\": \"b\", \"aws_region\": \"c\", \"aws_service\": \"d\"}, 1e30)", "could not convert time_ns value into a unix timestamp")]
    [InlineData("crypto.x509.parse_certificates(\"AAAA\")", "crypto.x509.parse_certificates")]
    [InlineData("crypto.x509.parse_certificates(\"-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\")", "crypto.x509.parse_certificates")]
    [InlineData("crypto.x509.parse_certificate_request(\"MDAwMA==\")", "crypto.x509.parse_certificate_request")]
    [InlineData("crypto.x509.parse_keypair(\"a\", \"b\")", "crypto.x509.parse_keypair")]
    [InlineData("crypto.parse_private_keys(\"-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----\")", "crypto.parse_private_keys")]
    [InlineData("regex.globs_match(\"[\", \"a\")", "regex.globs_match")]
    [InlineData("regex.template_match(\"{\", \"a\", \"{\", \"}\")", "unbalanced braces")]
    [InlineData("regex.template_match(\"{[}\", \"a\", \"{\", \"}\")", "missing closing ]")]
    [InlineData("regex.template_match(\"a\", \"a\", \"<<\", \"}\")", "start delimiter has to be exactly one character long but is 2 long")]
    [InlineData("rand.intn(\"a\", 1)", "set EvaluateOptions.Seed")]
    [InlineData("time.parse_ns(\"2006-01-02\", \"1970-13-02\")", "time.parse_ns")]
    [InlineData("time.parse_ns(\"2006\", \"9999999\")", "time.parse_ns")]
    [InlineData("json.match_schema(\"{\", \"{\")", "json.match_schema")]
    [InlineData("graphql.parse_query(\"{ a(\")", "graphql.parse_query")]
    [InlineData("rego.parse_module(\"x.rego\", \"package a.\")", "x.rego:1: rego_parse_error: unexpected eof token: expected ident")]
    [InlineData("units.parse(\"1e1000000\")", "units.parse: exponent too large")]
    public void Bad_operand_is_an_error_of_the_policy(string call, string message) =>
        Assert.Contains(message, Fail("p := " + call, RegoValue.Null).Message, StringComparison.Ordinal);

    public static TheoryData<string, string, int> Repeated => new()
    {
        { "graphql.parse_query(input)", "{a", 50_000 },
        { "graphql.parse_query(input)", "{a(b:[", 20_000 },
        { "graphql.parse_schema(input)", "type T { a: [", 20_000 },
        { "regex.globs_match(input, \"a\")", "[", 50_000 },
        { "rego.parse_module(\"x\", input)", "package a\np := [", 20_000 },
        { "crypto.x509.parse_certificates(input)", "-----BEGIN CERTIFICATE-----\n", 20_000 },
        { "io.jwt.decode(input)", "e30.", 50_000 },
        { "json.match_schema(\"{}\", input)", "{\"not\":", 20_000 },
        { "time.parse_ns(\"2006\", input)", "2006", 50_000 },
    };

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Huge_operand_is_an_error_of_the_policy(string call, string part, int times) =>
        Assert.StartsWith("eval_", Fail("p := " + call, RegoValue.Of(string.Concat(Enumerable.Repeat(part, times)))).Code, StringComparison.Ordinal);

    [Fact]
    public void Any_text_gives_a_value_or_an_error_of_the_policy()
    {
        string[] calls =
        [
            "crypto.x509.parse_certificates(input)", "crypto.parse_private_keys(input)", "io.jwt.decode(input)", "graphql.parse_query(input)", "graphql.parse_schema(input)",
            "regex.globs_match(input, input)", "regex.template_match(input, input, \"{\", \"}\")", "time.parse_ns(input, input)", "json.verify_schema(input)",
            "rego.parse_module(input, input)", "yaml.unmarshal(input)", "strings.render_template(input, {})", "io.jwt.encode_sign_raw(input, input, input)",
            "crypto.x509.parse_keypair(input, input)", "uri.parse(input)", "units.parse(input)",
        ];
        var queries = calls.Select(static c => RegoEngine.Compile([new RegoModule("t.rego", "package t\np := " + c)]).Prepare("data.t.p")).ToList();
        Prop.ForAll<string>(text =>
        {
            foreach (var query in queries)
            {
                try
                {
                    query.Evaluate(RegoValue.Of(text ?? ""), new EvaluateOptions { StrictBuiltinErrors = true });
                }
                catch (RegoEvaluationException)
                {
                    // What the policy is told; any other exception fails the law.
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    private static RegoEvaluationException Fail(string body, RegoValue input) => Assert.Throws<RegoEvaluationException>(() => Evaluate(body, input));

    private static RegoValue? Evaluate(string body, RegoValue input) => RegoEngine.Compile([new RegoModule("t.rego", "package t\n" + body)])
        .Prepare("data.t.p").Evaluate(input, new EvaluateOptions { StrictBuiltinErrors = true }).Value;
}
