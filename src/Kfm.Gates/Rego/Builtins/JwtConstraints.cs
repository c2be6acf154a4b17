namespace Kfm.Gates.Rego.Builtins;

/// <summary>What io.jwt.decode_verify asks of a token: a key, and the claims of RFC 7519, section 4.1.</summary>
internal sealed class JwtConstraints
{
    private const string Name = "io.jwt.decode_verify";
    private const int NanosExponent = 9;

    private List<JwtKey>? _keys;
    private string? _algorithm;
    private string? _issuer;
    private string? _audience;
    private RegoNumber? _time;

    internal static JwtConstraints Read(RegoObject members)
    {
        var constraints = new JwtConstraints();
        foreach (var (key, value) in members.Sorted)
        {
            constraints.Set((key as RegoString)?.Text ?? key.ToString(), value);
        }

        return constraints._keys is null ? throw BuiltinException.Failed(Name, "no key constraint") : constraints;
    }

    /// <summary>Whether a key signed the token, by an algorithm that may be used; extensions that must be understood are not.</summary>
    internal bool Verifies(JwtToken token)
    {
        var algorithm = token.Algorithm;
        if (token.Header.Member("crit") is not null || (_algorithm is not null && _algorithm != algorithm))
        {
            return false;
        }

        var id = (token.Header.Member("kid") as RegoString)?.Text;
        var named = id is null ? [] : _keys!.Where(key => key.Id == id).ToList();
        return (named.Count > 0 ? named : _keys!).Exists(key => (key.Algorithm is null || key.Algorithm == algorithm)
            && key.Verifies(algorithm, token.Signed, token.Signature));
    }

    internal bool Allows(RegoObject payload, BuiltinContext context)
    {
        if (_issuer is not null && (payload.Member("iss") as RegoString)?.Text != _issuer)
        {
            return false;
        }

        var audiences = payload.Member("aud") switch
        {
            RegoString one => [one.Text],
            RegoArray list => [.. list.Items.OfType<RegoString>().Select(text => text.Text)],
            null => null,
            _ => Array.Empty<string>(),
        };
        if ((audiences is null) != (_audience is null) || (audiences is not null && !audiences.Contains(_audience, StringComparer.Ordinal)))
        {
            return false;
        }

        return (Claim(payload, "exp") is not { } end || RegoValue.Compare(Time(context), end) < 0)
            && (Claim(payload, "nbf") is not { } start || RegoValue.Compare(Time(context), start) >= 0);
    }

    private RegoNumber Time(BuiltinContext context) => _time ??= (RegoNumber)context.Now;

    /// <summary>Seconds as nanoseconds, exactly.</summary>
    private static RegoNumber? Claim(RegoObject payload, string name) => payload.Member(name) switch
    {
        null => null,
        RegoNumber seconds => RegoNumber.Of(seconds.Mantissa, seconds.Exponent + NanosExponent),
        _ => throw BuiltinException.Failed(Name, name + " value must be a number"),
    };

    private void Set(string name, RegoValue value)
    {
        switch (name, value)
        {
            case ("cert", RegoString text):
                SetKeys(JwtKey.Read(Name, text.Text));
                break;
            case ("secret", RegoString text):
                SetKeys([JwtKey.OfSecret(text.Text)]);
                break;
            case ("alg", RegoString text):
                _algorithm = text.Text;
                break;
            case ("iss", RegoString text):
                _issuer = text.Text;
                break;
            case ("aud", RegoString text):
                _audience = text.Text;
                break;
            case ("time", RegoNumber number):
                _time = number;
                break;
            default:
                throw BuiltinException.Failed(Name, name is "cert" or "secret" or "alg" or "iss" or "aud" or "time"
                    ? $"{name} constraint: must be a {(name == "time" ? "number" : "string")}"
                    : "unknown constraint: " + name);
        }
    }

    private void SetKeys(List<JwtKey> keys) => _keys = _keys is null ? keys : throw BuiltinException.Failed(Name, "duplicate key constraints");
}
