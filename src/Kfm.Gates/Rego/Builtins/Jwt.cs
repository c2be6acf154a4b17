namespace Kfm.Gates.Rego.Builtins;

/// <summary>io.jwt.decode, io.jwt.decode_verify and io.jwt.verify_*.</summary>
internal static class Jwt
{
    private static readonly string[] Algorithms = ["ES256", "ES384", "ES512", "HS256", "HS384", "HS512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"];

    internal static void Register(Action<string, int, Builtin> add)
    {
        add("io.jwt.decode", 1, Decode);
        add("io.jwt.decode_verify", 2, DecodeVerify);
        foreach (var algorithm in Algorithms.Append(JwtKey.EdDsa))
        {
            var name = "io.jwt.verify_" + algorithm.ToLowerInvariant();
            add(name, 2, (_, a) => Verify(name, algorithm, a));
        }
    }

    private static RegoArray Decode(BuiltinContext context, RegoValue[] a)
    {
        var token = JwtToken.Parse("io.jwt.decode", Operand.Text("io.jwt.decode", a, 0));
        while (token.Inner is { } inner)
        {
            token = inner;
        }

        return new RegoArray([token.Header, token.Payload, new RegoString(Convert.ToHexStringLower(token.Signature))]);
    }

    private static RegoValue Verify(string name, string algorithm, RegoValue[] a)
    {
        var token = JwtToken.Parse(name, Operand.Text(name, a, 0));
        var key = Operand.Text(name, a, 1);
        var keys = algorithm.StartsWith("HS", StringComparison.Ordinal) ? [JwtKey.OfSecret(key)] : JwtKey.Read(name, key);
        return RegoValue.Of(keys.Exists(k => k.Verifies(algorithm, token.Signed, token.Signature)));
    }

    private static RegoArray DecodeVerify(BuiltinContext context, RegoValue[] a)
    {
        const string name = "io.jwt.decode_verify";
        var token = JwtToken.Parse(name, Operand.Text(name, a, 0));
        var constraints = JwtConstraints.Read(Operand.Object(name, a, 1));
        while (constraints.Verifies(token))
        {
            if (token.Inner is { } inner)
            {
                token = inner;
                continue;
            }

            var payload = token.Payload as RegoObject ?? throw BuiltinException.Failed(name, "type is JWT but payload is not JSON");
            return constraints.Allows(payload, context) ? new RegoArray([RegoValue.True, token.Header, payload]) : Refused;
        }

        return Refused;
    }

    private static RegoArray Refused => new([RegoValue.False, RegoObject.Empty, RegoObject.Empty]);
}
