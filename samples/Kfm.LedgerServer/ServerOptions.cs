namespace Kfm.LedgerServer;

/// <summary>What the command line says.</summary>
/// <param name="Ledger">The path of the log's database; it is opened for reading.</param>
/// <param name="Urls">The addresses to listen on, separated by semicolons.</param>
/// <param name="Witness">What a witness of other logs needs; null for none.</param>
internal sealed record ServerOptions(string Ledger, string Urls, WitnessFiles? Witness = null);
