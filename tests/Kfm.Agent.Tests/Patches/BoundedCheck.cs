using FsCheck;
using FsCheck.Fluent;

namespace Kfm.Agent.Tests.Patches;

/// <summary>Runs laws whose cases are slow or many.</summary>
internal static class BoundedCheck
{
    /// <summary>Checks a law on so many cases.</summary>
    public static void Check(this Property property, int cases) =>
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(cases));
}
