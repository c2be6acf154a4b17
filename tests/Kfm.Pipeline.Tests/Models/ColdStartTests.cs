using System.Diagnostics;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Tests.Models;

/// <summary>What a process of <c>kfm</c> loads when no chat model is asked.</summary>
public sealed class ColdStartTests
{
    private static readonly string[] Providers = ["Anthropic", "OpenAI", "System.ClientModel", "Microsoft.Extensions.AI.Abstractions", "System.Net.Http"];

    [Theory]
    [InlineData("policy", "eval", "1 + 1")]
    [InlineData("--help")]
    [InlineData("manifest", ".", "--json")]
    public async Task Verb_that_asks_no_model_loads_nothing_of_the_providers(params string[] args)
    {
        using var folder = new Kfm.Testing.TemporaryDirectory();
        var loaded = folder.Combine("loaded");
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(BundleFiles).Assembly.Location, .. args])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(ColdStartTests).Assembly.Location;
        start.Environment[StartupHook.Variable] = loaded;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        var names = File.Exists(loaded) ? await File.ReadAllLinesAsync(loaded) : [];
        Assert.True(names.Contains("kfm", StringComparer.Ordinal), await error);
        Assert.Empty(names.Intersect(Providers, StringComparer.Ordinal));
    }
}
