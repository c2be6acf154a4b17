using System.CommandLine;
using System.Text.RegularExpressions;
using Kfm.Gates.Rego;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm policy test</c>: as <c>opa test</c>.</summary>
internal static class PolicyTestCommand
{
    public static Command Create(HostEnvironment host)
    {
        var paths = new Argument<string[]>("paths") { Description = "Policy and data files or directories. Default: the policies that Kfm ships.", Arity = ArgumentArity.ZeroOrMore };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Show the tests that passed too, and why others failed." };
        var format = new Option<string>("--format", "-f") { Description = "pretty or json.", DefaultValueFactory = _ => "pretty" };
        format.AcceptOnlyFromAmong("pretty", "json");
        var coverage = new Option<bool>("--coverage", "-c") { Description = "Report the lines that were reached instead of the tests." };
        var threshold = new Option<double>("--threshold") { Description = "Fail below this percent of covered lines." };
        var run = new Option<string?>("--run", "-r") { Description = "Run the tests whose name (data.package.test_name) matches a regular expression." };
        var parallel = new Option<int>("--parallel", "-p") { Description = "How many threads run tests. Default: the number of cores.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var source = new PolicySourceOptions();
        var command = new Command("test", "Run the tests of policies.") { paths, verbose, format, coverage, threshold, run, parallel };
        source.AddTo(command);
        VerbAction.Set(command, host, OpaTestOutput.LoadErrorExitCode, (result, token) =>
        {
            var request = new PolicyTestRun(host, result.GetValue(verbose), result.GetValue(format) == "json")
            {
                Coverage = result.GetValue(coverage) || result.GetValue(threshold) > 0 ? new CoverageRecorder() : null,
                Threshold = result.GetValue(threshold),
                Threads = result.GetValue(parallel),
                Pattern = result.GetValue(run),
            };
            return Task.FromResult(request.Run(source.Load(result, result.GetValue(paths) ?? []), source.Compile(result), token));
        });
        return command;
    }

    private sealed record PolicyTestRun(HostEnvironment Host, bool Verbose, bool Json)
    {
        public CoverageRecorder? Coverage { get; init; }

        public double Threshold { get; init; }

        public int Threads { get; init; }

        public string? Pattern { get; init; }

        public int Run(PolicyFiles files, RegoOptions options, CancellationToken token)
        {
            var policy = RegoEngine.Compile(files.Modules, options with { Coverage = Coverage is not null, Trace = Verbose && Coverage is null });
            var results = PolicyTestRunner.Run(policy, new PolicyTestOptions
            {
                Evaluate = new EvaluateOptions { Data = files.Data, Clock = Host.Time, CancellationToken = token, Coverage = Coverage },
                Threads = Threads,
                Select = Selection(),
            });
            var report = Coverage is null ? null : CoverageReport.Create(policy, Coverage);
            var failed = results.Any(r => r.Outcome is not (PolicyTestOutcome.Pass or PolicyTestOutcome.Skip));
            Host.Out.Write(report is not null && !failed ? OpaTestOutput.Json(report) : Json ? OpaTestOutput.Json(results) : OpaTestOutput.Pretty(results, Verbose));
            if (report is not null && OpaTestOutput.BelowThreshold(report, Threshold) is { } below)
            {
                Host.Error.Write(below);
                return 2;
            }

            return OpaTestOutput.ExitCode(results);
        }

        private Func<string, bool>? Selection()
        {
            if (Pattern is null)
            {
                return null;
            }

            try
            {
                return new Regex(Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant).IsMatch;
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                throw new Bundles.BundleException($"--run: '{Pattern}' is not a regular expression: {e.Message}");
            }
        }
    }
}
