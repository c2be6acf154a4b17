namespace Kfm.Gates.Rego;

/// <summary>Which tests run, and how.</summary>
public sealed record PolicyTestOptions
{
    /// <summary>Data, clock and limits of every test; the coverage recorder, when the set was compiled with coverage.</summary>
    public EvaluateOptions Evaluate { get; init; } = new();

    /// <summary>How many threads run tests. The default is 1; the results are the same with any number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether a test runs, by its package and name, such as <c>data.kfm.test_allow</c>; null for all.</summary>
    public Func<string, bool>? Select { get; init; }
}
