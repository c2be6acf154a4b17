namespace Kfm.Gates.Rego.Syntax;

/// <summary>Packages and imports.</summary>
internal sealed partial class Parser
{
    private Module ReadModule()
    {
        if (!Current.IsKeyword("package"))
        {
            throw AtEnd ? Fail(Current.Location, "empty module") : Fail(Current.Location, "package expected");
        }

        var place = Take().Location;
        var package = ReadPackage();
        var imports = new List<Import>();
        var rules = new List<Rule>();
        while (!AtEnd)
        {
            if (Is("package"))
            {
                throw Fail(Current.Location, "unexpected package");
            }

            if (Is("import"))
            {
                ReadImport(imports);
            }
            else
            {
                ReadRules(rules);
            }

            while (TryTake(";"))
            {
            }
        }

        var module = new Module(_file, place, package, [.. imports], [.. rules], [.. _comments]) { KeywordImports = [.. _keywordImports] };
        return AnnotationTargets.Attach(module);
    }

    private string[] ReadPackage()
    {
        if (Current.AfterNewLine || Current.Kind is not (TokenKind.Identifier or TokenKind.Keyword))
        {
            throw Unexpected("expected package path");
        }

        var head = Take().Text;
        return [head, .. ReadConstantSteps("unexpected package path")];
    }

    private List<string> ReadConstantSteps(string message)
    {
        var steps = new List<string>();
        while (!Current.AfterSpace)
        {
            if (Is("."))
            {
                _index++;
                steps.Add(Current.Kind is TokenKind.Identifier or TokenKind.Keyword ? Take().Text : throw Unexpected("expected identifier"));
            }
            else if (Is("["))
            {
                _index++;
                steps.Add(Current.Kind == TokenKind.String ? Take().Text : throw Fail(Current.Location, message + " (must be a string)"));
                Expect("]", "expected ]");
            }
            else
            {
                break;
            }
        }

        return steps;
    }

    private void ReadImport(List<Import> imports)
    {
        var place = Take().Location;
        var head = Current;
        if (head.Kind != TokenKind.Identifier)
        {
            throw Unexpected("expected path");
        }

        _index++;
        var path = ReadConstantSteps("unexpected import path").ToArray();
        if (head.Text is not ("data" or "future" or "input" or "rego"))
        {
            throw Fail(head.Location, "unexpected import path, must begin with one of: {data, future, input, rego}, got: " + head.Text
                + " (hint: if this is unexpected, try updating OPA)");
        }

        string? alias = null;
        if (TryTake("as"))
        {
            alias = Current.Kind == TokenKind.Identifier ? Take().Text : throw Unexpected("expected var");
        }

        if (head.Text is "future" or "rego")
        {
            _keywordImports.Add(new Import(place, head.Text, path, alias ?? ""));
            Enable(head, path, alias);
            return;
        }

        imports.Add(new Import(place, head.Text, path, alias ?? (path.Length > 0 ? path[^1] : head.Text)));
    }

    private void Enable(Token head, string[] path, string? alias)
    {
        if (alias is not null && path.Length > 1)
        {
            throw Fail(head.Location, "`" + head.Text + "` imports cannot be aliased");
        }

        if (head.Text == "rego")
        {
            if (path is not ["v1"])
            {
                throw Fail(head.Location, $"invalid import `rego.{string.Join('.', path)}`, must be `rego.v1`");
            }

            _future.UnionWith(FutureKeywords);
            _requireIf = true;
        }
        else if (path is ["keywords"])
        {
            _future.UnionWith(FutureKeywords);
        }
        else if (path is ["keywords", var keyword] && Array.IndexOf(FutureKeywords, keyword) >= 0)
        {
            _future.Add(keyword);
            if (keyword == "every")
            {
                _future.Add("in");
            }
        }
        else if (path is ["keywords", var logic] && Array.IndexOf(LogicKeywords, logic) >= 0)
        {
            _future.Add(logic);
        }
        else
        {
            throw Fail(head.Location, path is ["keywords", var unknown]
                ? $"unexpected keyword, must be one of [contains every if in], got: {unknown}"
                : "invalid import, must be `future.keywords`");
        }
    }
}
