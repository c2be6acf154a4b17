namespace Kfm.Provenance.JsonSchema;

/// <summary>Schemas combined by logic and by condition (2020-12 Core, sections 10.2.1 and 10.2.2).</summary>
internal static class LogicKeywords
{
    public static KeywordCheck AllOf(KeywordSite site)
    {
        var branches = site.Children();
        var location = site.Location;
        return (run, instance, evaluated) =>
        {
            var valid = true;
            foreach (var branch in branches)
            {
                valid &= run.Apply(branch, instance, evaluated);
            }

            return valid || (run.ClosestAlternative && run.Fail(location, "The value does not match all of the schemas."));
        };
    }

    public static KeywordCheck AnyOf(KeywordSite site)
    {
        var branches = site.Children();
        var location = site.Location;
        return (run, instance, evaluated) =>
        {
            var tried = new Alternatives(run);
            foreach (var branch in branches)
            {
                tried.Apply(branch, instance, evaluated);
                if (tried.Matches > 0 && evaluated is null)
                {
                    break;
                }
            }

            return tried.Matches > 0 ? tried.Succeed() : tried.Fail(location, $"The value matches none of the {branches.Length} alternatives.");
        };
    }

    public static KeywordCheck OneOf(KeywordSite site)
    {
        var branches = site.Children();
        var location = site.Location;
        return (run, instance, evaluated) =>
        {
            var tried = new Alternatives(run);
            foreach (var branch in branches)
            {
                tried.Apply(branch, instance, evaluated);
            }

            return tried.Matches == 1
                ? tried.Succeed()
                : tried.Fail(location, $"The value matches {tried.Matches} of the {branches.Length} alternatives; exactly one must match.");
        };
    }

    public static KeywordCheck Not(KeywordSite site)
    {
        var child = site.Child();
        var location = site.Location;
        return (run, instance, _) => !run.Probe(child, instance, null) || run.Fail(location, "The value matches a schema that it must not match.");
    }

    public static KeywordCheck If(KeywordSite site)
    {
        var condition = site.Child();
        var then = Branch(site, "then");
        var otherwise = Branch(site, "else");
        return (run, instance, evaluated) => (run.Probe(condition, instance, evaluated) ? then : otherwise) is not { } branch
            || run.Apply(branch, instance, evaluated);
    }

    /// <summary><c>then</c> and <c>else</c> act through <c>if</c>; without it they assert nothing, but must be schemas.</summary>
    public static KeywordCheck? Branch(KeywordSite site)
    {
        site.Child();
        return null;
    }

    private static SchemaNode? Branch(KeywordSite site, string name) =>
        site.Sibling(name) is { } schema ? site.Compiler.Compile(site.Resource, schema, JsonPointer.Append(site.SchemaPointer, name)) : null;
}
