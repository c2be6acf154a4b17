using Kfm.Testing;

namespace Kfm.Benchmarks;

/// <summary>What <c>quick NAME</c> measures, in at most a minute. A class that derives from this is found by itself.</summary>
public abstract class Area
{
    /// <summary>The name on the command line and of the result file.</summary>
    public abstract string Name { get; }

    /// <summary>Measures; rows come in the order of the table.</summary>
    /// <exception cref="NotMeasuredException">Something that the area needs is not there.</exception>
    public abstract IEnumerable<Row> Measure();

    /// <summary>A folder of inputs: below <c>KFM_BENCH_DIR</c>, else below <c>../shared/bench</c> beside the repository.</summary>
    protected static string Inputs(string folder)
    {
        var root = Environment.GetEnvironmentVariable("KFM_BENCH_DIR") is { Length: > 0 } named
            ? named
            : RepositoryRoot.Combine("..", "shared", "bench");
        var path = Path.GetFullPath(Path.Combine(root, folder));
        return Directory.Exists(path) ? path : throw new NotMeasuredException($"the inputs '{path}' are not there");
    }
}
