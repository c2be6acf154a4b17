using Kfm.Gates.Rego.Compile.Types;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>The way from sources to a compiled policy set.</summary>
internal static class PolicyCompiler
{
    internal static CompiledPolicy Compile(IReadOnlyList<RegoModule> sources, RegoOptions options)
    {
        var errors = new List<RegoError>();
        var modules = Parse(sources, options, errors);
        ThrowIfAny(errors);
        var root = PolicyTree.Build(modules);
        PolicyTree.Check(root, errors);
        ThrowIfAny(errors);
        var annotations = AnnotationSet.Create(root, modules, errors);
        ThrowIfAny(errors);
        Resolve(root, modules, annotations, options, errors);
        ThrowIfAny(errors);
        var order = RecursionCheck.Run(root, errors);
        ThrowIfAny(errors);
        var functions = new FunctionNames(root, options, root.Ids);
        new FunctionCheck(functions, errors).CheckAll(root);
        ThrowIfAny(errors);
        new DocumentPlans(functions, errors).PlanAll(root);
        ThrowIfAny(errors);
        var types = new TypeTree();
        var schemas = SchemaSet.Create(options, errors);
        schemas.DescribeInput(types);
        new TypeChecker(functions, types, errors) { Schemas = schemas, Annotations = annotations }.Check(order);
        ThrowIfAny(errors);
        return new CompiledPolicy(root, modules, types, options, sources);
    }

    internal static void ThrowIfAny(List<RegoError> errors)
    {
        if (errors.Count > 0)
        {
            throw new RegoCompileException([.. errors.Where((e, i) => e.Code == "rego_parse_error" || errors.IndexOf(e) == i)
                .OrderBy(e => e.Path, StringComparer.Ordinal).ThenBy(e => e.Row).ThenBy(e => e.Col)]);
        }
    }

    private static List<Module> Parse(IEnumerable<RegoModule> sources, RegoOptions options, List<RegoError> errors)
    {
        var modules = new List<Module>();
        foreach (var source in sources.OrderBy(s => s.Path, StringComparer.Ordinal))
        {
            try
            {
                modules.Add(Parser.ParseModule(source.Path, source.Source, options.V0));
            }
            catch (RegoSyntaxException e)
            {
                errors.AddRange(e.Errors);
            }
        }

        return modules;
    }

    private static void Resolve(PolicyNode root, List<Module> modules, AnnotationSet annotations, RegoOptions options, List<RegoError> errors)
    {
        var resolvers = modules.ToDictionary(m => m, m => new Resolver(m, PolicyTree.Find(root, m.Package), options, errors) { Annotations = annotations });
        foreach (var node in root.Descendants().Where(n => n.Rules.Count > 0))
        {
            for (var i = 0; i < node.Rules.Count; i++)
            {
                var source = node.Rules[i];
                var rule = resolvers[source.Module].Resolve(source.Rule);
                node.Rules[i] = source with { Rule = rule, Key = rule.Head.Path[^source.Key.Length..] };
            }
        }

        if (options.Strict)
        {
            CheckImports(modules, resolvers, errors);
        }
    }

    private static void CheckImports(List<Module> modules, Dictionary<Module, Resolver> resolvers, List<RegoError> errors)
    {
        foreach (var module in modules)
        {
            var names = new Dictionary<string, Import>(StringComparer.Ordinal);
            foreach (var import in module.Imports)
            {
                if (!names.TryAdd(import.Name, import))
                {
                    var path = string.Join('.', names[import.Name].Path.Prepend(import.Root));
                    errors.Add(import.Location.Error("rego_compile_error", $"import must not shadow import {path}"));
                }
            }
        }

        ThrowIfAny(errors);
        foreach (var import in modules.SelectMany(m => resolvers[m].UnusedImports))
        {
            var path = string.Join('.', import.Path.Prepend(import.Root));
            errors.Add(import.Location.Error("rego_compile_error", $"import {path} unused"));
        }
    }
}
