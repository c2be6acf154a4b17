using Kfm.Gates.Stewardship;

namespace Kfm.Agent.Configuration;

/// <summary>Reads the member <c>stewardship</c> of kfm.json.</summary>
internal static class StewardshipReader
{
    private const string Jurisdictions = "jurisdictions";

    public static StewardshipSettings Read(SettingsNode node)
    {
        node.Expect([.. StewardshipDuty.All, Jurisdictions]);
        return new StewardshipSettings
        {
            Paths = StewardshipDuty.All.Where(duty => node.Find(duty) is not null)
                .ToDictionary(duty => duty, duty => (IReadOnlyList<Glob>)node.Get(duty).Items(glob => glob.Glob()), StringComparer.Ordinal),
            Jurisdictions = node.Find(Jurisdictions)?.Items(name => name.Text().ToLowerInvariant()) ?? [],
        };
    }
}
