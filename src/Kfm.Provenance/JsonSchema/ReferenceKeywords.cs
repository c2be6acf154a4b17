namespace Kfm.Provenance.JsonSchema;

/// <summary>References (2020-12 Core, section 8.2) and the places of definitions.</summary>
internal static class ReferenceKeywords
{
    public static KeywordCheck Ref(KeywordSite site)
    {
        var target = site.Compiler.Resolve(site, site.Text()).Node;
        return (run, instance, evaluated) => run.Apply(target, instance, evaluated);
    }

    public static KeywordCheck DynamicRef(KeywordSite site)
    {
        var (target, anchor) = site.Compiler.Resolve(site, site.Text());
        if (anchor is null || !target.Resource.DynamicAnchors.Contains(anchor))
        {
            return (run, instance, evaluated) => run.Apply(target, instance, evaluated);
        }

        site.Compiler.UseDynamicAnchor(anchor);
        return (run, instance, evaluated) => run.Apply(run.Dynamic(anchor) ?? target, instance, evaluated);
    }

    public static KeywordCheck RecursiveRef(KeywordSite site)
    {
        if (site.Text() is not "#")
        {
            throw site.Error("$recursiveRef has no other value than '#'.");
        }

        var target = site.Compiler.Resolve(site, "#").Node;
        if (!target.Resource.DynamicAnchors.Contains(SchemaIndexer.RecursiveAnchor))
        {
            return (run, instance, evaluated) => run.Apply(target, instance, evaluated);
        }

        site.Compiler.UseDynamicAnchor(SchemaIndexer.RecursiveAnchor);
        return (run, instance, evaluated) => run.Apply(run.Dynamic(SchemaIndexer.RecursiveAnchor) ?? target, instance, evaluated);
    }

    /// <summary>Definitions assert nothing, but what stands in them must be schemas.</summary>
    public static KeywordCheck? Definitions(KeywordSite site)
    {
        site.ChildrenByName();
        return null;
    }
}
