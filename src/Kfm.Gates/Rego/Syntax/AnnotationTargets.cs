namespace Kfm.Gates.Rego.Syntax;

/// <summary>Gives each METADATA comment the statement that follows it.</summary>
internal static class AnnotationTargets
{
    /// <exception cref="RegoSyntaxException">A comment is not well-formed, or its scope does not fit what follows it.</exception>
    internal static Module Attach(Module module)
    {
        var errors = new List<RegoError>();
        var annotations = new AnnotationReader(errors).Read(module.Comments);
        if (annotations.Count == 0 && errors.Count == 0)
        {
            return module;
        }

        ThrowIfAny(errors);
        var statements = Statements(module).ToList();
        var attached = annotations.Select(a => Attach(a, statements.Find(s => s.Row > a.Location.Row), errors)).ToList();
        ThrowIfAny(errors);
        return new Module(module.File, module.PackageLocation, module.Package, module.Imports, module.Rules, module.Comments)
        {
            KeywordImports = module.KeywordImports,
            Annotations = attached,
        };
    }

    private static IEnumerable<(int Row, string Kind, Rule? Rule)> Statements(Module module) => module.Imports.Concat(module.KeywordImports)
        .Select(i => (i.Location.Row, "import", (Rule?)null)).Prepend((module.PackageLocation.Row, "package", null))
        .Concat(module.Rules.Select(r => (r.Location.Row, "rule", (Rule?)r))).OrderBy(s => s.Item1);

    private static Annotation Attach(Annotation annotation, (int Row, string? Kind, Rule? Rule) target, List<RegoError> errors)
    {
        var scope = annotation.Scope.Length > 0 ? annotation.Scope : target.Kind switch
        {
            "rule" => annotation.Entrypoint ? "document" : "rule",
            null => "",
            _ => target.Kind,
        };
        void Fail(string message) => errors.Add(annotation.Location.Error("rego_parse_error", message));
        var wanted = scope switch
        {
            "rule" or "document" => "rule",
            "package" or "subpackages" => "package",
            _ => null,
        };
        if (wanted is null)
        {
            Fail($"invalid annotation scope '{scope}'. Use one of 'rule', 'document', 'package', or 'subpackages'");
        }
        else if (!string.Equals(wanted, target.Kind, StringComparison.Ordinal))
        {
            Fail($"annotation scope '{scope}' must be applied to {wanted}{(target.Kind is null ? "" : $" (have {target.Kind})")}");
        }

        if (annotation.Entrypoint && scope is not ("document" or "package"))
        {
            Fail($"annotation entrypoint applied to non-document or package scope '{scope}'");
        }

        return annotation with { Scope = scope, Rule = target.Rule };
    }

    private static void ThrowIfAny(List<RegoError> errors)
    {
        if (errors.Count > 0)
        {
            throw new RegoSyntaxException(errors);
        }
    }
}
