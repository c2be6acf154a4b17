using BenchmarkDotNet.Attributes;
using Kfm.Benchmarks.Areas;
using Kfm.Gates.Rego;
using Kfm.Testing;

namespace Kfm.Benchmarks.Classes;

/// <summary>One evaluation of the policies of ../shared/bench/rego, over parsed input and with parsing.</summary>
[MemoryDiagnoser]
public class RegoBenchmarks
{
    private RegoCase _case = null!;

    /// <summary>The folder of the policy.</summary>
    [Params("rbac", "sbom", "compr")]
    public string Policy { get; set; } = "";

    /// <summary>Compiles, and compares the result with the recorded one.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var query = Policy switch
        {
            "rbac" => "data.app.rbac.allow",
            "sbom" => "data.kfm.supplychain.deny",
            _ => "data.compr.report",
        };
        _case = RegoCase.Read(Path.Combine(RepositoryRoot.Path, "..", "shared", "bench", "rego"), Policy, query);
        _case.Check();
    }

    /// <summary>Over parsed input.</summary>
    [Benchmark(Baseline = true)]
    public QueryResult Evaluate() => _case.Evaluate();

    /// <summary>Parsing included.</summary>
    [Benchmark]
    public QueryResult ParseAndEvaluate() => _case.EvaluateJson();

    /// <summary>Parsing and compiling of the policy, preparation of the query.</summary>
    [Benchmark]
    public PreparedQuery Compile() => _case.Compile();
}
