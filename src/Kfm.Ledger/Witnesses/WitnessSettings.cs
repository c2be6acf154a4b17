using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Witnesses;

/// <summary>Whom a log asks for cosignatures.</summary>
public sealed record WitnessSettings
{
    /// <summary>The policy: the keys of the witnesses, and how many must cosign.</summary>
    public required WitnessPolicy Policy { get; init; }

    /// <summary>How to reach the witnesses, by their names in the policy. Those that are left out are not asked.</summary>
    public required IReadOnlyDictionary<string, IWitnessEndpoint> Endpoints { get; init; }

    /// <summary>
    /// Whether a checkpoint without a quorum is published nevertheless (fail open). The default is not to: readers that ask for a quorum would
    /// refuse it anyway.
    /// </summary>
    public bool PublishWithoutQuorum { get; init; }

    /// <summary>How long a witness may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The endpoints of all witnesses of a policy that say an address.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="client">The client to send with; it stays the caller's.</param>
    /// <exception cref="ArgumentException">An address of the policy is not one of http or https.</exception>
    public static IReadOnlyDictionary<string, IWitnessEndpoint> HttpEndpoints(WitnessPolicy policy, HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var endpoints = new Dictionary<string, IWitnessEndpoint>(StringComparer.Ordinal);
        foreach (var witness in policy.Witnesses.Where(w => w.Url is not null))
        {
            endpoints.Add(witness.Name, Uri.TryCreate(witness.Url, UriKind.Absolute, out var address)
                ? new HttpWitness(client, address)
                : throw new ArgumentException($"The address of the witness {witness.Name} cannot be read.", nameof(policy)));
        }

        return endpoints;
    }
}
