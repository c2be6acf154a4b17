namespace Kfm.Pipeline.Tests.Models;

/// <summary>What a loopback provider answers to one request.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Parts">The parts of the body, each a chunk of its own.</param>
internal sealed record LoopbackReply(int Status, params IReadOnlyList<string> Parts)
{
    public bool IsStream { get; init; }

    /// <summary>The value of Retry-After; null sends none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The value of Location; null sends none.</summary>
    public string? Location { get; init; }

    /// <summary>Whether the connection ends before the body does.</summary>
    public bool BreaksOff { get; init; }

    /// <summary>Whether nothing comes after the parts, while the connection stays.</summary>
    public bool Hangs { get; init; }
}
