namespace Kfm.Agent.Processes;

/// <summary>A child process to run: no shell, and no environment but the one given.</summary>
/// <param name="FileName">The program: a path, or a name that the search path of this process finds.</param>
/// <param name="Arguments">The arguments, each passed as it is.</param>
/// <param name="WorkingDirectory">The directory in which the child starts.</param>
public sealed record ProcessRequest(string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>The whole environment of the child; nothing is inherited.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The bytes of the child's standard input.</summary>
    /// <value>Empty by default: the child reads end of file at once.</value>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>How many bytes of each of standard output and standard error are kept; the rest is read and dropped.</summary>
    /// <value>16 MiB by default.</value>
    public int OutputLimit { get; init; } = 16 << 20;

    /// <summary>How long the child may run before it and its descendants are killed.</summary>
    /// <value>Ten minutes by default; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for no limit.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}
