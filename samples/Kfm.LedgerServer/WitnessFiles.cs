using Kfm.Ledger.Witnesses;
using Kfm.Provenance.Signing;

namespace Kfm.LedgerServer;

/// <summary>The files of a witness.</summary>
/// <param name="Name">The name of the witness.</param>
/// <param name="Key">The PEM file of its Ed25519 key.</param>
/// <param name="Logs">The file with the verifier keys of the logs that it cosigns, one a line; lines with # are comments.</param>
/// <param name="State">The database in which it keeps what it saw.</param>
internal sealed record WitnessFiles(string Name, string Key, string Logs, string State)
{
    /// <exception cref="Kfm.Provenance.KfmException">A key cannot be read, or the database cannot be opened.</exception>
    public Witness Open(TimeProvider clock)
    {
        var logs = File.ReadLines(Logs).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').Select(NoteVerifier.Parse).ToList();
        return Witness.Open(new WitnessOptions { Path = State, Signers = [new NoteSigner(Name, LocalSigningKey.Load(Key), clock)], Logs = logs });
    }
}
