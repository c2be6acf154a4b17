using Kfm.Gates.Rego;

namespace Kfm.Gates.Policies;

/// <summary>The policies that come with Kfm: the merge gate and its packs, answering at <c>data.kfm.decision</c> and <c>data.kfm.allow</c>.</summary>
/// <remarks>
/// They use only constructs of Rego v1 whose behaviour in OPA is known, so that OPA gives the same answers on the same files. They import <c>future.keywords.not</c>, because
/// OPA otherwise computes the operands of a negated call outside of the negation: a missing fact would make a rule that denies undefined. An OPA that does not know the import
/// refuses the files.
/// </remarks>
public static class ShippedPolicies
{
    /// <summary>The query that decides.</summary>
    public const string Query = "data.kfm.decision";

    private const string Prefix = "Kfm.Gates.Policies/";
    private const string TestSuffix = "_test.rego";
    private static readonly Lazy<RegoModule[]> All = new(ReadAll);

    /// <summary>The modules by path, ordinal.</summary>
    public static IReadOnlyList<RegoModule> Modules { get; } = [.. All.Value.Where(module => !module.Path.EndsWith(TestSuffix, StringComparison.Ordinal))];

    /// <summary>The tests of the modules, for <c>kfm policy test</c>; they take part in no decision.</summary>
    public static IReadOnlyList<RegoModule> TestModules { get; } = [.. All.Value.Where(module => module.Path.EndsWith(TestSuffix, StringComparison.Ordinal))];

    private static RegoModule[] ReadAll()
    {
        var assembly = typeof(ShippedPolicies).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return new RegoModule(name[Prefix.Length..], reader.ReadToEnd());
            })];
    }
}
