using System.CommandLine;
using Kfm.LedgerServer;

var ledger = new Option<string>("--ledger") { Description = "The ledger file; it is opened for reading, another process may append.", Required = true };
var urls = new Option<string>("--urls") { Description = "The addresses to listen on, separated by semicolons.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
var witnessName = new Option<string?>("--witness-name") { Description = "Cosign checkpoints of other logs under this name." };
var witnessKey = new Option<string?>("--witness-key") { Description = "The PEM file of the witness's Ed25519 key." };
var witnessLogs = new Option<string?>("--witness-logs") { Description = "The file with the verifier keys of the logs to cosign, one a line." };
var witnessState = new Option<string?>("--witness-state") { Description = "The database in which the witness keeps what it saw." };
var command = new RootCommand("Serves a ledger: C2SP tlog-tiles, lineage, a page to look at it, and a witness of other logs. Ends with 0, or 1 when it cannot start.")
{
    ledger, urls, witnessName, witnessKey, witnessLogs, witnessState,
};
command.Validators.Add(result =>
{
    if (new[] { witnessName, witnessKey, witnessLogs, witnessState }.Count(o => result.GetValue(o) is not null) is not (0 or 4))
    {
        result.AddError("A witness needs --witness-name, --witness-key, --witness-logs and --witness-state.");
    }
});
command.SetAction(async (result, token) =>
{
    var witness = result.GetValue(witnessName) is { } name
        ? new WitnessFiles(name, result.GetValue(witnessKey)!, result.GetValue(witnessLogs)!, result.GetValue(witnessState)!)
        : null;
    try
    {
        await using var app = LedgerApp.Build(new ServerOptions(result.GetValue(ledger)!, result.GetValue(urls)!, witness), TimeProvider.System);
        await app.StartAsync(token);
        await Console.Out.WriteLineAsync("listening on " + string.Join(", ", app.Urls));
        await app.WaitForShutdownAsync(token);
        return 0;
    }
    catch (Exception e) when (e is Kfm.Provenance.KfmException or IOException or UnauthorizedAccessException)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 1;
    }
});
return await command.Parse(args).InvokeAsync();
