using Kfm.Provenance.Digests;

namespace Kfm.Agent.Autonomy;

/// <summary>A halt that holds.</summary>
/// <param name="Index">The index of its entry in the ledger.</param>
/// <param name="Envelope">The SHA-256 of its envelope, which the end of it names.</param>
/// <param name="Service">The component, or null when everything is halted.</param>
/// <param name="Since">When it was signed, or entered where that cannot be read.</param>
/// <param name="Reason">Why, in one line, without secrets.</param>
/// <param name="Doubt">What is wrong with the entry; null when nothing is. It holds all the same.</param>
/// <param name="Missing">What is missing to resume.</param>
public sealed record StandingHalt(
    long Index, Digest Envelope, string? Service, DateTimeOffset Since, string Reason, string? Doubt, IReadOnlyList<string> Missing)
{
    /// <summary><c>global</c>, or <c>service:NAME</c>.</summary>
    public string Label => Service is null ? HaltStatement.Global : $"{HaltStatement.PerService}:{Service}";
}
