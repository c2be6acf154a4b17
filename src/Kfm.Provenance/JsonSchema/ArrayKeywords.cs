using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Keywords on arrays (2020-12 Core, sections 10.3.1 and 11.2; Validation, section 6.4).</summary>
internal static class ArrayKeywords
{
    public static KeywordCheck PrefixItems(KeywordSite site) => Tuple(site.Children());

    public static KeywordCheck Items(KeywordSite site)
    {
        if (site.Value.ValueKind == JsonValueKind.Array && site.Version < SchemaDialect.Draft202012)
        {
            return Tuple(site.Value.GetArrayLength() == 0 ? [] : site.Children());
        }

        var start = site.Version == SchemaDialect.Draft202012 && site.Sibling("prefixItems") is { ValueKind: JsonValueKind.Array } prefix ? prefix.GetArrayLength() : 0;
        return From(site.Child(), start);
    }

    public static KeywordCheck? AdditionalItems(KeywordSite site)
    {
        var child = site.Child();
        return site.Sibling("items") is { ValueKind: JsonValueKind.Array } tuple ? From(child, tuple.GetArrayLength()) : null;
    }

    private static KeywordCheck Tuple(SchemaNode[] nodes) => (run, instance, evaluated) =>
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var valid = true;
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            if (index == nodes.Length)
            {
                break;
            }

            valid &= run.ApplyChild(nodes[index], item, index++);
        }

        evaluated?.AddPrefix(index);
        return valid;
    };

    private static KeywordCheck From(SchemaNode node, int start) => (run, instance, evaluated) =>
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var valid = true;
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            valid &= index < start || run.ApplyChild(node, item, index);
            index++;
        }

        evaluated?.AddAllItems();
        return valid;
    };

    public static KeywordCheck Contains(KeywordSite site)
    {
        var child = site.Child();
        var bounded = site.Version >= SchemaDialect.Draft201909 && site.Resource.Dialect.Validation;
        var least = (bounded ? Bound(site, "minContains") : null) ?? 1;
        var most = (bounded ? Bound(site, "maxContains") : null) ?? int.MaxValue;
        var marks = site.Version == SchemaDialect.Draft202012;
        var location = site.Location;
        return (run, instance, evaluated) =>
        {
            if (instance.ValueKind != JsonValueKind.Array)
            {
                return true;
            }

            var matches = Matches(run, child, instance, marks ? evaluated : null);
            return (matches >= least && matches <= most) || run.Fail(location, $"{matches} items match, which is not from {least} to {most}.");
        };
    }

    private static int Matches(ValidationRun run, SchemaNode child, JsonElement array, Evaluated? evaluated)
    {
        var matches = 0;
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            var mark = run.Mark;
            if (run.ApplyChild(child, item, index))
            {
                matches++;
                evaluated?.AddItem(index);
            }

            run.Forget(mark);
            index++;
        }

        return matches;
    }

    private static int? Bound(KeywordSite site, string name) =>
        site.Sibling(name) is { } value ? (site with { Name = name, Value = value }).Count() : null;

    /// <summary><c>minContains</c> and <c>maxContains</c> act through <c>contains</c>.</summary>
    public static KeywordCheck? ContainsBound(KeywordSite site)
    {
        site.Count();
        return null;
    }

    public static KeywordCheck UnevaluatedItems(KeywordSite site)
    {
        site.Compiler.TracksEvaluated = true;
        var child = site.Child();
        return (run, instance, evaluated) =>
        {
            if (instance.ValueKind != JsonValueKind.Array)
            {
                return true;
            }

            var valid = true;
            var index = 0;
            foreach (var item in instance.EnumerateArray())
            {
                valid &= evaluated!.HasItem(index) || run.ApplyChild(child, item, index);
                index++;
            }

            evaluated!.AddAllItems();
            return valid;
        };
    }

    public static KeywordCheck MinItems(KeywordSite site)
    {
        var least = site.Count();
        var location = site.Location;
        return (run, instance, _) => instance.ValueKind != JsonValueKind.Array || instance.GetArrayLength() >= least
            || run.Fail(location, $"The array has fewer than {least} items.");
    }

    public static KeywordCheck MaxItems(KeywordSite site)
    {
        var most = site.Count();
        var location = site.Location;
        return (run, instance, _) => instance.ValueKind != JsonValueKind.Array || instance.GetArrayLength() <= most
            || run.Fail(location, $"The array has more than {most} items.");
    }

    public static KeywordCheck? UniqueItems(KeywordSite site)
    {
        if (!site.Flag())
        {
            return null;
        }

        var location = site.Location;
        return (run, instance, _) =>
        {
            if (instance.ValueKind != JsonValueKind.Array)
            {
                return true;
            }

            var seen = new HashSet<JsonElement>(JsonEquality.Instance);
            return instance.EnumerateArray().All(seen.Add) || run.Fail(location, "The items of the array are not unique.");
        };
    }
}
