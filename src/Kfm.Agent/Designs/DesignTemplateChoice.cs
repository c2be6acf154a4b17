using Kfm.Agent.Configuration;
using Kfm.Agent.Intents;

namespace Kfm.Agent.Designs;

/// <summary>Which template a design has, and the rule that chose it.</summary>
/// <param name="Template">The template.</param>
/// <param name="Rule">The id of the rule: <c>template.component</c>, <c>template.kind</c>, <c>template.path</c>, <c>template.word</c> or <c>template.default</c>.</param>
/// <param name="Matched">The component, kind, path or word that made the rule apply; empty for the default.</param>
public sealed record DesignTemplateChoice(DesignTemplate Template, string Rule, string Matched)
{
    private static readonly (string Id, string[] Extensions, string[] Folders)[] Paths =
    [
        ("database", [".sql", ".ddl"], ["migrations", "migration"]),
        ("ui-component", [".razor", ".cshtml", ".tsx", ".jsx", ".vue", ".svelte", ".css", ".scss", ".html", ".xaml"], ["wwwroot"]),
        ("api", [".proto", ".graphql"], ["controllers", "endpoints"]),
    ];

    private static readonly IReadOnlyList<(string Id, IReadOnlyList<IntentPattern> Words)> Words =
    [
        ("ui-component", IntentPattern.List("button*, dialog*, form, forms, wizard*, panel*, pane, toolbar*, tooltip*, legend*, screen, viewer, web page, side panel, layout, theme, dark mode, checkbox*, dropdown*, hover*, scroll*, user interface, ui")),
        ("api", IntentPattern.List("api, apis, endpoint*, webhook*, openapi, graphql, grpc, rest")),
    ];

    /// <summary>
    /// Chooses: the template that kfm.json gives a component of the intent; else by kind (migration, api); else by the paths that the intent names; else
    /// by its words; else the default of kfm.json, or <c>library</c>. Of several components, paths or words the first counts.
    /// </summary>
    /// <param name="templates">The templates.</param>
    /// <param name="intent">The intent.</param>
    /// <param name="settings">The section <c>design</c> of kfm.json.</param>
    /// <exception cref="DesignTemplateException">kfm.json names a template that is not there.</exception>
    public static DesignTemplateChoice Choose(DesignTemplates templates, StructuredIntent intent, DesignSettings settings)
    {
        ArgumentNullException.ThrowIfNull(templates);
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(settings);
        var configured = intent.Components.FirstOrDefault(settings.ComponentTemplates.ContainsKey);
        var (id, rule, matched) = configured is not null
            ? (settings.ComponentTemplates[configured], "template.component", configured)
            : ByKind(intent) ?? ByPath(intent) ?? ByWord(intent) ?? (settings.DefaultTemplate, "template.default", "");
        return new DesignTemplateChoice(templates.Get(id), rule, matched);
    }

    private static (string Id, string Rule, string Matched)? ByKind(StructuredIntent intent) => intent.Kind switch
    {
        IntentKind.Migration => ("database", "template.kind", "migration"),
        IntentKind.Api => ("api", "template.kind", "api"),
        _ => null,
    };

    private static (string Id, string Rule, string Matched)? ByPath(StructuredIntent intent)
    {
        foreach (var path in intent.Components)
        {
            var folders = path.Split('/')[..^1];
            foreach (var (id, extensions, names) in Paths)
            {
                if (extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)) || folders.Any(f => names.Contains(f, StringComparer.OrdinalIgnoreCase)))
                {
                    return (id, "template.path", path);
                }
            }
        }

        return null;
    }

    private static (string Id, string Rule, string Matched)? ByWord(StructuredIntent intent)
    {
        var words = IntentWords.Split(intent.Intent.Text);
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var (id, patterns) in Words)
            {
                if (!words[i].IsEnd && patterns.Select(p => p.Match(words, i)).FirstOrDefault(m => m is not null) is { } matched)
                {
                    return (id, "template.word", matched);
                }
            }
        }

        return null;
    }
}
