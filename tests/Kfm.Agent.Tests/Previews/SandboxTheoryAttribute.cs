using Kfm.Agent.Previews;
using Kfm.Agent.Processes;

namespace Kfm.Agent.Tests.Previews;

/// <summary>Runs a test in every kind of isolation that this machine has; skipped, with the reason, where it has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SandboxTheoryAttribute : TheoryAttribute
{
    public SandboxTheoryAttribute()
    {
        if (Kinds.Count == 0)
        {
            Skip = "neither bubblewrap nor the tools for namespaces work on this machine";
        }
    }

    /// <summary>The kinds of isolation whose walls hold here, found once.</summary>
    public static TheoryData<IsolationKind> Kinds { get; } = Probe();

    private static TheoryData<IsolationKind> Probe()
    {
        var kinds = new TheoryData<IsolationKind>();
        foreach (var kind in new[] { IsolationKind.Bubblewrap, IsolationKind.Namespaces })
        {
            var sandbox = Sandbox.ProbeAsync(new ProcessRunner(new ProcessTimer(TimeProvider.System)), Path.GetTempPath(), kind).GetAwaiter().GetResult();
            if (sandbox.Isolation == kind)
            {
                kinds.Add(kind);
            }
        }

        return kinds;
    }
}
