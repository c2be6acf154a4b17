using System.CommandLine;
using Kfm.LedgerServer;

var ledger = new Option<string>("--ledger") { Description = "The ledger file.", Required = true };
var urls = new Option<string>("--urls") { Description = "The addresses to listen on, separated by semicolons.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
var command = new RootCommand("Serves a ledger: C2SP tlog-tiles, lineage, and a page to look at it.") { ledger, urls };
command.SetAction(async (result, token) =>
{
    try
    {
        await using var app = LedgerApp.Build(new ServerOptions(result.GetValue(ledger)!, result.GetValue(urls)!), TimeProvider.System);
        await app.StartAsync(token);
        await Console.Out.WriteLineAsync("listening on " + string.Join(", ", app.Urls));
        await app.WaitForShutdownAsync(token);
        return 0;
    }
    catch (Exception e) when (e is Kfm.Provenance.KfmException or IOException)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 1;
    }
});
return await command.Parse(args).InvokeAsync();
