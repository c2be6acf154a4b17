using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Keywords on objects (2020-12 Core, sections 10.2.2.4, 10.3.2 and 11.3; Validation, section 6.5).</summary>
internal static class ObjectKeywords
{
    public static KeywordCheck Properties(KeywordSite site)
    {
        var nodes = site.ChildrenByName();
        return Each((run, member, evaluated) =>
        {
            if (!nodes.TryGetValue(member.Name, out var node))
            {
                return true;
            }

            evaluated?.AddProperty(member.Name);
            return run.ApplyChild(node, member.Value, member.Name);
        });
    }

    public static KeywordCheck PatternProperties(KeywordSite site)
    {
        (EcmaPattern Pattern, SchemaNode Node)[] nodes = [.. Patterns(site).Zip(site.Members(), (p, m) => (p, site.Child(m.Value, m.Name)))];
        return Each((run, member, evaluated) =>
        {
            var valid = true;
            foreach (var (pattern, node) in nodes)
            {
                if (pattern.IsMatch(member.Name))
                {
                    evaluated?.AddProperty(member.Name);
                    valid &= run.ApplyChild(node, member.Value, member.Name);
                }
            }

            return valid;
        });
    }

    private static IEnumerable<EcmaPattern> Patterns(KeywordSite site) =>
        site.Members().Select(m => EcmaPattern.Compile(m.Name, JsonPointer.Append(site.Location, m.Name)));

    public static KeywordCheck AdditionalProperties(KeywordSite site)
    {
        var node = site.Child();
        var named = site.Sibling("properties") is { ValueKind: JsonValueKind.Object } properties
            ? properties.EnumerateObject().Select(m => m.Name).ToHashSet(StringComparer.Ordinal)
            : [];
        EcmaPattern[] patterns = site.Sibling("patternProperties") is { ValueKind: JsonValueKind.Object } matched
            ? [.. Patterns(site with { Name = "patternProperties", Value = matched })]
            : [];
        return Each((run, member, evaluated) =>
        {
            if (named.Contains(member.Name) || patterns.Any(pattern => pattern.IsMatch(member.Name)))
            {
                return true;
            }

            evaluated?.AddProperty(member.Name);
            return run.ApplyChild(node, member.Value, member.Name);
        });
    }

    public static KeywordCheck UnevaluatedProperties(KeywordSite site)
    {
        site.Compiler.TracksEvaluated = true;
        var node = site.Child();
        return Each((run, member, evaluated) =>
        {
            if (evaluated!.HasProperty(member.Name))
            {
                return true;
            }

            evaluated.AddProperty(member.Name);
            return run.ApplyChild(node, member.Value, member.Name);
        });
    }

    private static KeywordCheck Each(Func<ValidationRun, JsonProperty, Evaluated?, bool> check) => (run, instance, evaluated) =>
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var valid = true;
        foreach (var member in instance.EnumerateObject())
        {
            valid &= check(run, member, evaluated);
        }

        return valid;
    };

    public static KeywordCheck PropertyNames(KeywordSite site)
    {
        var node = site.Child();
        return Each((run, member, _) => run.ApplyChild(node, NameOf(member), member.Name));
    }

    private static JsonElement NameOf(JsonProperty member)
    {
        using var document = JsonDocument.Parse("\"" + JsonEncodedText.Encode(member.Name) + "\"");
        return document.RootElement.Clone();
    }

    public static KeywordCheck DependentSchemas(KeywordSite site)
    {
        var nodes = site.ChildrenByName();
        return WhenPresent(nodes, (run, node, instance, evaluated) => run.Apply(node, instance, evaluated));
    }

    public static KeywordCheck DependentRequired(KeywordSite site)
    {
        var lists = site.Members().ToDictionary(m => m.Name, m => site.Names(m.Value), StringComparer.Ordinal);
        var location = site.Location;
        return WhenPresent(lists, (run, names, instance, _) => HasAll(run, instance, names, location));
    }

    public static KeywordCheck Dependencies(KeywordSite site)
    {
        var members = site.Members().ToArray();
        var lists = members.Where(m => m.Value.ValueKind == JsonValueKind.Array).ToDictionary(m => m.Name, m => site.Names(m.Value), StringComparer.Ordinal);
        var nodes = members.Where(m => m.Value.ValueKind != JsonValueKind.Array).ToDictionary(m => m.Name, m => site.Child(m.Value, m.Name), StringComparer.Ordinal);
        var location = site.Location;
        var required = WhenPresent(lists, (run, names, instance, _) => HasAll(run, instance, names, location));
        var applied = WhenPresent(nodes, (run, node, instance, evaluated) => run.Apply(node, instance, evaluated));
        return (run, instance, evaluated) => required(run, instance, evaluated) & applied(run, instance, evaluated);
    }

    private static KeywordCheck WhenPresent<T>(Dictionary<string, T> parts, Func<ValidationRun, T, JsonElement, Evaluated?, bool> check) => (run, instance, evaluated) =>
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var valid = true;
        foreach (var (name, part) in parts)
        {
            valid &= !instance.TryGetProperty(name, out _) || check(run, part, instance, evaluated);
        }

        return valid;
    };

    public static KeywordCheck Required(KeywordSite site)
    {
        var names = site.Names();
        var location = site.Location;
        return (run, instance, _) => instance.ValueKind != JsonValueKind.Object || HasAll(run, instance, names, location);
    }

    private static bool HasAll(ValidationRun run, JsonElement instance, string[] names, string location)
    {
        var valid = true;
        foreach (var name in names)
        {
            if (instance.TryGetProperty(name, out _))
            {
                run.Score++;
            }
            else
            {
                valid = run.Fail(location, $"The member '{name}' is missing.");
            }
        }

        return valid;
    }

    public static KeywordCheck MinProperties(KeywordSite site)
    {
        var least = site.Count();
        var location = site.Location;
        return (run, instance, _) => instance.ValueKind != JsonValueKind.Object || instance.GetPropertyCount() >= least
            || run.Fail(location, $"The object has fewer than {least} members.");
    }

    public static KeywordCheck MaxProperties(KeywordSite site)
    {
        var most = site.Count();
        var location = site.Location;
        return (run, instance, _) => instance.ValueKind != JsonValueKind.Object || instance.GetPropertyCount() <= most
            || run.Fail(location, $"The object has more than {most} members.");
    }
}
