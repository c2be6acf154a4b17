using Kfm.Pipeline.Commands;

namespace Kfm.Pipeline.Demo;

/// <summary>A proposal of the demo: what is asked, what the model is recorded to have answered, and how it must end.</summary>
/// <param name="Name">The name of its bundle and of the recorded answer.</param>
/// <param name="Intent">What is asked.</param>
/// <param name="Expected">The exit code of the run.</param>
internal sealed record DemoProposal(string Name, string Intent, int Expected)
{
    /// <summary>A harmless one, one that somebody must approve, and one whose answer carries a secret.</summary>
    public static IReadOnlyList<DemoProposal> All { get; } =
    [
        new("allowed", "Document how the nominal acreage of a part follows from its fractions.", ExitCode.Allow),
        new("review", "Add the area of a tract in square metres to the library, with tests.", ExitCode.Review),
        new("denied", "Document how to download the register of a county.", ExitCode.Deny),
    ];
}
