using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Witnesses;

/// <summary>Asks witnesses for cosignatures of one checkpoint, all at once.</summary>
/// <param name="settings">Whom to ask.</param>
/// <param name="prove">Gives the consistency proof from a size to the checkpoint.</param>
internal sealed class CosignatureCollector(WitnessSettings settings, Func<long, IReadOnlyList<MerkleHash>> prove)
{
    internal async Task<CosignResult> CollectAsync(string note, long size, CancellationToken cancellationToken)
    {
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = await Task.WhenAll(settings.Policy.Witnesses.Select(w => AskAsync(w, note, size, cancellationToken))).ConfigureAwait(false);
        var cosigned = new List<string>();
        foreach (var (witness, (line, failure)) in settings.Policy.Witnesses.Zip(lines))
        {
            if (line is null)
            {
                failures.Add(witness.Name, failure!);
            }
            else
            {
                note += line;
                cosigned.Add(witness.Name);
            }
        }

        var isQuorum = settings.Policy.IsQuorum(cosigned);
        return new CosignResult(isQuorum || settings.PublishWithoutQuorum ? note : null, isQuorum, failures);
    }

    private async Task<(string? Line, string? Failure)> AskAsync(PolicyKey witness, string note, long size, CancellationToken cancellationToken)
    {
        if (Cosignature(witness, note) is not null)
        {
            return ("", null);
        }

        if (!settings.Endpoints.TryGetValue(witness.Name, out var endpoint))
        {
            return (null, "It was not asked: its address is not known.");
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(settings.Timeout);
        try
        {
            return await AskAsync(endpoint, witness, note, size, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"It did not answer within {settings.Timeout}.");
        }
        catch (Exception e) when (e is WitnessException or LedgerException)
        {
            return (null, e.Message);
        }
    }

    private async Task<(string? Line, string? Failure)> AskAsync(
        IWitnessEndpoint endpoint, PolicyKey witness, string note, long size, CancellationToken cancellationToken)
    {
        // The first answer tells the size that the witness knows; another log process may move it on in between.
        const int Attempts = 3;
        long known = 0;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var proof = known is 0 || known == size ? [] : prove(known);
            var response = await endpoint.AddCheckpointAsync(AddCheckpointRequest.Write(known, proof, note), cancellationToken).ConfigureAwait(false);
            if (response.Status == 200)
            {
                return Cosignature(witness, note + response.Body) is { } line ? (line, null) : (null, "It answers without its cosignature.");
            }

            if (response.Status != 409 || !AddCheckpointRequest.TryParseSize(response.Body.TrimEnd('\n'), out var latest))
            {
                return (null, $"It answers {response.Status}: {response.Body}");
            }

            if (latest > (ulong)size)
            {
                return (null, $"It has cosigned a checkpoint of {latest} already, beyond this one.");
            }

            known = (long)latest;
        }

        return (null, "Its latest size changes with every request.");
    }

    /// <summary>The signature line of a witness, when it is right.</summary>
    private static string? Cosignature(PolicyKey witness, string note)
    {
        try
        {
            var signed = SignedNote.Parse(note);
            var verified = signed.Verify([witness.Verifier]);
            return verified.IsVerified ? verified.Verified[0].ToLine() : null;
        }
        catch (NoteFormatException)
        {
            return null;
        }
    }
}
