using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kfm.Gates.Policies;
using Kfm.Gates.Rego;
using Kfm.Testing;
using Xunit.Abstractions;

namespace Kfm.Gates.Tests.Rego;

/// <summary>
/// Damages policies at random and parses, compiles and lays them out. The environment variable KFM_FUZZ_SECONDS makes the run longer than its half second;
/// KFM_FUZZ_SEED repeats one.
/// </summary>
public sealed class FuzzRegoParserTests(ITestOutputHelper output)
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", "(", ")", "|", ":=", "=", "==", ",", ";", ":", ".", "\"", "`", "$\"", "$`", "\\", "\n", "\t", "#", " ", "\0", "é", "\U0001F600", "\uD800",
        "if ", "else ", "not ", "some ", "in ", "every ", "contains ", "with ", "as ", "default ", "import ", "package ", "and ", "or ", "true", "_", "input", "data", "1e", "-1",
        "import future.keywords.and\n", "import future.keywords.not\n", "# METADATA\n# ", "# scope: rule\n", "# schemas: [{input: {", "&a [*a", "<<: ", "x", "f(", "{x |",
    ];

    [Fact]
    public void A_damaged_policy_compiles_or_is_refused_by_its_own_exception()
    {
        var seconds = double.TryParse(Environment.GetEnvironmentVariable("KFM_FUZZ_SECONDS"), NumberStyles.Float, CultureInfo.InvariantCulture, out var given) ? given : 0.5;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("KFM_FUZZ_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var named) ? named : Environment.TickCount;
        var random = new Random(seed);
        var seeds = Seeds();
        var (started, count, compiled, slowest) = (Stopwatch.GetTimestamp(), 0, 0, TimeSpan.Zero);
        for (; Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; count++)
        {
            var source = Damage(seeds[random.Next(seeds.Count)], random);
            var begun = Stopwatch.GetTimestamp();
            try
            {
                compiled += Try(source, random.Next(4) == 0, random.Next(2) == 0) ? 1 : 0;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, case {count}: {e.GetType().Name} for {Convert.ToBase64String(Encoding.Unicode.GetBytes(source))}", e);
            }

            var took = Stopwatch.GetElapsedTime(begun);
            slowest = took > slowest ? took : slowest;
        }

        var line = $"fuzz rego parser: {count} cases in {seconds} s, {compiled} compile, slowest {slowest.TotalMilliseconds:0} ms, seed {seed}, no other exception";
        output.WriteLine(line);
        Console.WriteLine(line);
    }

    private static bool Try(string source, bool v0, bool strict)
    {
        var module = new RegoModule("t.rego", source);
        try
        {
            var once = RegoFormatter.Format(module, v0);
            Assert.Equal(once, RegoFormatter.Format(module with { Source = once }, v0));
        }
        catch (RegoCompileException)
        {
            // Checked once more below, with the same outcome.
        }

        try
        {
            RegoEngine.Compile([module], new RegoOptions { V0 = v0, Strict = strict });
            return true;
        }
        catch (RegoCompileException e)
        {
            Assert.NotEmpty(e.Errors);
            return false;
        }
    }

    private static List<string> Seeds()
    {
        var seeds = ShippedPolicies.Modules.Concat(ShippedPolicies.TestModules).Select(m => m.Source).ToList();
        var named = Environment.GetEnvironmentVariable("KFM_CONFORMANCE_DIR");
        var folder = Path.Combine(named is { Length: > 0 } ? named : RepositoryRoot.Combine("..", "shared", "conformance"), "rego", "errors", "compile_errors.json");
        if (File.Exists(folder))
        {
            var cases = ((RegoArray)((RegoObject)RegoValue.Parse(File.ReadAllBytes(folder))).Member("cases")!).Items.Cast<RegoObject>();
            seeds.AddRange(cases.SelectMany(c => ((RegoArray)c.Member("modules")!).Items).Select(m => ((RegoString)m).Text));
        }

        seeds.Add("package t\nimport future.keywords.and\np if { { a := 1; a > 0 } and not x } else := $\"{x with input as 1}\"\nq[x].y contains z if every x, y in z { x }");
        return seeds;
    }

    private static string Damage(string source, Random random)
    {
        var text = new StringBuilder(source);
        for (var i = random.Next(1, 6); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text[at] = (char)random.Next(128);
                    break;
                case 1:
                    text.Remove(at, Math.Min(text.Length - at, random.Next(1, 20)));
                    break;
                case 2:
                    text.Insert(at, text.ToString(at, Math.Min(text.Length - at, random.Next(1, 60))));
                    break;
                case 3:
                    text.Insert(at, string.Concat(Enumerable.Repeat(Tokens[random.Next(Tokens.Length)], random.Next(1, random.Next(20) == 0 ? 600 : 3))));
                    break;
                default:
                    text.Insert(at, Tokens[random.Next(Tokens.Length)]);
                    break;
            }
        }

        return text.ToString();
    }
}
