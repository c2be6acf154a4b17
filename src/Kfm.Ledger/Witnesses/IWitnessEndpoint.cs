namespace Kfm.Ledger.Witnesses;

/// <summary>A witness that can be asked for a cosignature: in this process, or over HTTP.</summary>
public interface IWitnessEndpoint
{
    /// <summary>Submits a checkpoint (C2SP tlog-witness, add-checkpoint).</summary>
    /// <param name="body">The request: the old size, a consistency proof, an empty line, the signed checkpoint.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="WitnessException">The witness cannot be reached, or does not speak the protocol.</exception>
    Task<WitnessResponse> AddCheckpointAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}
