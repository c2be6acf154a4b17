using Kfm.Gates.Rego;

namespace Kfm.Conformance.Tests.Suites.Rego;

/// <summary>
/// With <c>KFM_REGO_FORMAT</c> the suite runs over sources that were laid out first: the meaning must stay, and a second time must not change them.
/// </summary>
internal static class SourceForm
{
    public static bool IsFormatted { get; } = Environment.GetEnvironmentVariable("KFM_REGO_FORMAT") is { Length: > 0 };

    public static RegoModule Of(RegoModule module, bool v0)
    {
        if (!IsFormatted)
        {
            return module;
        }

        var once = module with { Source = RegoFormatter.Format(module, v0) };
        var twice = RegoFormatter.Format(once, v0);
        return twice == once.Source ? once : throw new InvalidOperationException($"{module.Path} changes when it is laid out again: {twice}");
    }
}
