using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>The annotations of a policy set, by what they describe.</summary>
internal sealed class AnnotationSet
{
    private readonly Dictionary<Rule, List<Annotation>> _rules = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, Annotation> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Annotation> _packages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Annotation> _subpackages = new(StringComparer.Ordinal);
    private readonly Dictionary<Rule, string[]> _paths = new(ReferenceEqualityComparer.Instance);

    internal static AnnotationSet Create(PolicyNode root, IEnumerable<Module> modules, List<RegoError> errors)
    {
        var set = new AnnotationSet();
        foreach (var module in modules.Where(m => m.Annotations.Count > 0))
        {
            foreach (var annotation in module.Annotations)
            {
                set.Add(module, annotation, errors);
            }
        }

        return set;
    }

    /// <summary>The annotation of rule scope that stands nearest to a rule; an empty object without one.</summary>
    internal RegoValue OfRule(Rule rule) => RuleScope(rule) is [var nearest, ..] ? AnnotationValues.Of(nearest) : RegoObject.Empty;

    /// <summary>The annotations that describe a rule, from the rule outward to the root.</summary>
    internal RegoValue Chain(Module module, Rule rule)
    {
        var path = Path(module, rule);
        var own = RuleScope(rule);
        var chain = own.Count == 0 ? [Entry(path, null)] : own.ConvertAll(a => Entry(path, a));
        if (_documents.TryGetValue(Key(path), out var document))
        {
            chain.Add(Entry(path, document));
        }

        if (_packages.TryGetValue(Key(module.Package), out var package))
        {
            chain.Add(Entry(module.Package, package));
        }

        for (var length = module.Package.Length; length > 0; length--)
        {
            if (_subpackages.TryGetValue(Key(module.Package[..length]), out var around))
            {
                chain.Add(Entry(module.Package[..length], around));
            }
        }

        return RegoArray.Create(chain);
    }

    /// <summary>The schemas that hold for a rule, those of wider scopes first.</summary>
    internal List<SchemaAnnotation> Schemas(SourceRule source)
    {
        var schemas = new List<SchemaAnnotation>();
        var package = source.Module.Package;
        for (var length = 1; length <= package.Length && _subpackages.Count > 0; length++)
        {
            schemas.AddRange(_subpackages.GetValueOrDefault(Key(package[..length]))?.Schemas ?? []);
        }

        schemas.AddRange(_packages.GetValueOrDefault(Key(package))?.Schemas ?? []);
        schemas.AddRange(_documents.GetValueOrDefault(Key(Path(source.Module, source.Source)))?.Schemas ?? []);
        schemas.AddRange(RuleScope(source.Source).SelectMany(a => a.Schemas));
        return schemas;
    }

    private void Add(Module module, Annotation annotation, List<RegoError> errors)
    {
        switch (annotation.Scope)
        {
            case "rule":
                if (!_rules.TryGetValue(annotation.Rule!, out var list))
                {
                    _rules.Add(annotation.Rule!, list = []);
                }

                list.Insert(0, annotation);
                break;
            case "document":
                AddOnce(_documents, Path(module, annotation.Rule!), annotation, errors);
                break;
            case "package":
                AddOnce(_packages, module.Package, annotation, errors);
                break;
            default:
                AddOnce(_subpackages, module.Package, annotation, errors);
                break;
        }
    }

    private static void AddOnce(Dictionary<string, Annotation> set, string[] path, Annotation annotation, List<RegoError> errors)
    {
        if (!set.TryAdd(Key(path), annotation))
        {
            var other = set[Key(path)].Location;
            errors.Add(annotation.Location.Error("rego_type_error", $"{annotation.Scope} annotation redeclared: {other.File}:{other.Row}"));
        }
    }

    private List<Annotation> RuleScope(Rule rule) => _rules.GetValueOrDefault(rule) ?? [];

    /// <summary>The ground part of the reference of a rule, without data.</summary>
    private string[] Path(Module module, Rule rule)
    {
        if (!_paths.TryGetValue(rule, out var path))
        {
            var ground = rule.Head.Path.TakeWhile(t => t is ScalarTerm { Value: RegoString }).Select(t => ((RegoString)((ScalarTerm)t).Value).Text);
            _paths[rule] = path = [.. module.Package, rule.Head.Name, .. ground];
        }

        return path;
    }

    private static string Key(string[] path) => string.Join('\0', path);

    private static RegoObject Entry(string[] path, Annotation? annotation)
    {
        var members = new List<KeyValuePair<RegoValue, RegoValue>> { new(RegoValue.Of("path"), RegoArray.Create(path.Select(RegoValue.Of))) };
        if (annotation is not null)
        {
            members.Add(new(RegoValue.Of("annotations"), AnnotationValues.Of(annotation)));
        }

        return RegoObject.Create(members);
    }
}
