using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kfm.Gates.Rego;
using Kfm.Testing;
using Xunit.Abstractions;

namespace Kfm.Gates.Tests.Rego;

/// <summary>Random and damaged policies over random inputs. KFM_FUZZ_SECONDS makes the runs longer than a fraction of a second.</summary>
public sealed class EvaluatorFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private static readonly EvaluateLimits Limits = new() { Steps = 200_000, Size = 100_000, Memory = 1 << 28 };

    private static readonly string[] Tokens =
        ["some x in ", "every x in ", "not ", "with input as ", "[", "]", "{", "}", "(", ")", ":=", "=", "==", "input", "data.t", "p0", "walk(", "count(", "sprintf(\"%v\", [", "numbers.range(0, ", "1e999", "-1", "|", "&", "\"\\uD800\"", "else := ", "default ", "contains ", "_", "\n", ";"];

    [Fact]
    public void Plans_with_indexes_agree_with_plans_that_try_everything()
    {
        var random = new Random(Seed);
        var count = Run(200, () =>
        {
            var generator = new RandomPolicy(random);
            var source = generator.Source();
            var (plain, watched) = (Compile(source, new RegoOptions()), Compile(source, new RegoOptions { Trace = true }));
            for (var i = 0; i < 3; i++)
            {
                var input = RegoRun.Json(generator.Input());
                var (fast, slow) = (Outcome(plain, input), Outcome(watched, input));

                // A plan that may stop early need not meet the conflict that trying everything meets.
                Assert.True(fast == slow || slow.StartsWith("eval_", StringComparison.Ordinal), $"{source}\n{input}\n{fast}\n{slow}");
            }
        });
        output.WriteLine($"evaluator laws: {count} policies, seed {Seed}");
    }

    [Fact]
    public void Damaged_policies_give_a_result_or_a_typed_error()
    {
        var random = new Random(Seed);
        var shipped = Directory.GetFiles(RepositoryRoot.Combine("src", "Kfm.Gates", "Policies"), "*.rego", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var count = Run(300, () =>
        {
            var generator = new RandomPolicy(random);
            var source = Damage(random.Next(3) == 0 ? shipped[random.Next(shipped.Count)] : generator.Source(), random);
            try
            {
                Outcome(Compile(source, new RegoOptions { Trace = random.Next(4) == 0 }), RegoRun.Json(generator.Input()));
            }
            catch (RegoCompileException e)
            {
                Assert.NotEmpty(e.Errors);
            }
        });
        output.WriteLine($"evaluator fuzz: {count} policies, seed {Seed}");
    }

    private static CompiledPolicy Compile(string source, RegoOptions options) => RegoEngine.Compile([new RegoModule("t.rego", source)], options);

    private static string Outcome(CompiledPolicy policy, RegoValue input)
    {
        try
        {
            var value = policy.Prepare("data").Evaluate(input, new EvaluateOptions { Limits = Limits, Trace = static _ => { } }).Value;
            return value is null ? "undefined" : Encoding.UTF8.GetString(value.ToJson());
        }
        catch (RegoEvaluationException e)
        {
            return e.Code;
        }
    }

    private static string Damage(string source, Random random)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(source.Length + 1);
            var length = Math.Min(random.Next(8), source.Length - at);
            var from = random.Next(source.Length);
            source = random.Next(3) switch
            {
                0 => source.Insert(at, Tokens[random.Next(Tokens.Length)]),
                1 => source.Remove(at, length),
                _ => source.Insert(at, source.Substring(from, Math.Min(random.Next(40), source.Length - from))),
            };
        }

        return source;
    }

    private static int Run(int atLeast, Action once)
    {
        var setting = Environment.GetEnvironmentVariable("KFM_FUZZ_SECONDS");
        var seconds = int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        for (; count < atLeast || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; count++)
        {
            once();
        }

        return count;
    }
}
