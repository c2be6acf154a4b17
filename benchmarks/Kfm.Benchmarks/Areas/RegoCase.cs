using Kfm.Gates.Rego;
using Kfm.Provenance.Digests;

namespace Kfm.Benchmarks.Areas;

/// <summary>A policy with its query, data and input.</summary>
public sealed class RegoCase
{
    private static readonly Dictionary<string, string> Digests = new(StringComparer.Ordinal)
    {
        ["rbac"] = "b5bea41b6c623f7c09f1bf24dcae58ebab3c0cdd90ad966bc43a45b44867e12b",
        ["sbom"] = "80a53d3532f1be91a23804e201a68153f00bc6a52c006ddcd0fa11dc848115ce",
        ["compr"] = "a81796add1bbe4d4351e6e48b39c28689e171e68dc26b3d0667da0f21d59f384",
    };

    private readonly string _name;
    private readonly string _query;
    private readonly RegoModule _module;
    private readonly byte[] _json;
    private readonly RegoValue _input;
    private readonly EvaluateOptions _options;
    private readonly PreparedQuery _prepared;

    private RegoCase(string folder, string name, string query)
    {
        (_name, _query) = (name, query);
        _module = new RegoModule("policy.rego", File.ReadAllText(Path.Combine(folder, name, "policy.rego")));
        _json = File.ReadAllBytes(Path.Combine(folder, name, "input.json"));
        _input = RegoValue.Parse(_json);
        var data = Path.Combine(folder, name, "data.json");
        _options = new EvaluateOptions { Data = File.Exists(data) ? (RegoObject)RegoValue.Parse(File.ReadAllBytes(data)) : null };
        _prepared = Compile();
    }

    /// <summary>Reads <c>policy.rego</c>, <c>input.json</c> and, where it is, <c>data.json</c>.</summary>
    public static RegoCase Read(string folder, string name, string query) => new(folder, name, query);

    /// <summary>Compiles and prepares.</summary>
    public PreparedQuery Compile() => RegoEngine.Compile([_module]).Prepare(_query);

    /// <summary>Evaluates over the parsed input.</summary>
    public QueryResult Evaluate() => _prepared.Evaluate(_input, _options);

    /// <summary>Parses the input and evaluates.</summary>
    public QueryResult EvaluateJson() => _prepared.Evaluate(RegoValue.Parse(_json), _options);

    /// <summary>Compares the digest of the canonical result with the one that OPA's result has.</summary>
    /// <exception cref="NotMeasuredException">It differs: the figures would mean nothing.</exception>
    public void Check()
    {
        var digest = Digest.Of(Evaluate().ToCanonicalJson()!).Hex;
        if (digest != Digests[_name])
        {
            throw new NotMeasuredException($"{_name} gives {digest}");
        }
    }
}
