namespace Kfm.Agent.Previews;

/// <summary>The surroundings of the two builds.</summary>
/// <param name="First">Those of the build whose artifacts are kept.</param>
/// <param name="Second">Those of the build that is compared with it.</param>
public sealed record VariationPlan(BuildVariation First, BuildVariation Second)
{
    /// <summary>Two builds that differ in directory, depth, home, time zone, language and umask.</summary>
    public static VariationPlan Default { get; } = new(
        new BuildVariation("a", "UTC", "C.UTF-8", Convert.ToInt32("022", 8)),
        new BuildVariation("other/deeper/b", "Pacific/Kiritimati", "tr_TR.UTF-8", Convert.ToInt32("077", 8)));
}
