namespace Kfm.Agent.Configuration;

/// <summary>Reads the member <c>design</c> of kfm.json.</summary>
internal static class DesignReader
{
    public static DesignSettings Read(SettingsNode node)
    {
        node.Expect("templates", "default", "components", "specifications");
        var settings = new DesignSettings();
        return settings with
        {
            Templates = node.Find("templates")?.Path() ?? settings.Templates,
            DefaultTemplate = node.Find("default") is { } id ? Id(id) : settings.DefaultTemplate,
            ComponentTemplates = node.Find("components") is { } components
                ? components.Members().ToDictionary(m => m.Name, m => Id(m.Node), StringComparer.Ordinal)
                : settings.ComponentTemplates,
            Specifications = node.Find("specifications")?.Items(glob => glob.Glob()) ?? settings.Specifications,
        };
    }

    private static string Id(SettingsNode node) => node.Text() is var id && id.Length <= 64 && id[0] != '-' && id.All(c => c == '-' || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
        ? id
        : throw node.Wrong("the id of a template has at most 64 lower-case letters, digits and hyphens and does not start with one of those");
}
