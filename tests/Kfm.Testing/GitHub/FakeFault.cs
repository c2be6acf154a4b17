namespace Kfm.Testing.GitHub;

/// <summary>An answer that the server gives in place of its own.</summary>
/// <param name="Method">The method of the request, or null for any.</param>
/// <param name="Path">What the path ends in before the query; empty for any.</param>
/// <param name="Status">The status; 0 breaks the connection.</param>
public sealed record FakeFault(string? Method, string Path, int Status)
{
    /// <summary>How many requests meet it.</summary>
    public int Times { get; set; } = 1;

    /// <summary>Whether the request is done all the same, so that only its answer is lost.</summary>
    public bool AfterDoing { get; init; }

    /// <summary>The headers of the answer.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The body of the answer.</summary>
    public string Body { get; init; } = "{\"message\":\"fault\"}";

    /// <summary>Whether the body never ends: it is written once, and then nothing comes.</summary>
    public bool Hangs { get; init; }
}
