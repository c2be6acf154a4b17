using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>Who or what acted. People stand in the record by a pseudonymous id.</summary>
/// <param name="Kind">A model, a person or a program.</param>
/// <param name="Id">The id: <c>ai:…</c>, <c>person:…</c> or <c>software:…</c>.</param>
/// <param name="Version">The version of the model or program, or null.</param>
public sealed record Actor(ActorKind Kind, string Id, string? Version = null) : Fact
{
    /// <summary>The digest that names the model and its parameters; required for <see cref="ActorKind.Ai"/>.</summary>
    public Digest? Model { get; init; }

    /// <summary>The digest of the prompt; required for <see cref="ActorKind.Ai"/>.</summary>
    public Digest? Prompt { get; init; }

    /// <summary>The digest of the seed; required for <see cref="ActorKind.Ai"/>.</summary>
    public Digest? Seed { get; init; }
}
