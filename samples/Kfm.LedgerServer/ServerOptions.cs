namespace Kfm.LedgerServer;

/// <summary>What the command line says.</summary>
/// <param name="Ledger">The path of the log's database.</param>
/// <param name="Urls">The addresses to listen on, separated by semicolons.</param>
/// <param name="WitnessKey">The PEM file of the key that cosigns checkpoints of other logs; null for no witness.</param>
/// <param name="WitnessName">The name of the witness; null for no witness.</param>
/// <param name="WitnessLogs">The file with the verifier keys of the logs that are witnessed, one a line.</param>
/// <param name="WitnessState">The folder in which the witness keeps what it has signed.</param>
internal sealed record ServerOptions(
    string Ledger, string Urls, string? WitnessKey = null, string? WitnessName = null, string? WitnessLogs = null, string? WitnessState = null);
