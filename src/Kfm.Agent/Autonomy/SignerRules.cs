using Kfm.Provenance.Signing;

namespace Kfm.Agent.Autonomy;

/// <summary>Who may sign: the people, less the author and the agent, and less their keys and the keys of the pipeline.</summary>
internal sealed record SignerRules(PeopleFile People, IReadOnlySet<string> ExcludedIds, IReadOnlySet<string> ExcludedKeys)
{
    /// <summary>What an excluded person is told.</summary>
    public required string Act { get; init; }

    /// <summary>Why a person may not sign with a key, or null.</summary>
    public string? Exclude(Person person, VerificationKey key)
    {
        if (ExcludedIds.Contains(person.Id))
        {
            return $"{person.Id} wrote the intent or acts for the agent, and cannot {Act} the same change";
        }

        return ExcludedKeys.Contains(key.KeyId) || ExcludedIds.Any(id => People.Find(id)?.Keys.Contains(key) == true)
            ? "the key belongs to the author, to the agent or to the pipeline that sealed the bundle"
            : null;
    }
}
