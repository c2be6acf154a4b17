using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Annotations as policies see them: fields that are empty are left out.</summary>
internal static class AnnotationValues
{
    internal static RegoObject Of(Annotation annotation)
    {
        var members = new List<KeyValuePair<RegoValue, RegoValue>> { Member("scope", RegoValue.Of(annotation.Scope)) };
        AddText(members, "title", annotation.Title);
        AddText(members, "description", annotation.Description);
        if (annotation.Entrypoint)
        {
            members.Add(Member("entrypoint", RegoValue.True));
        }

        AddList(members, "organizations", annotation.Organizations.Select(RegoValue.Of));
        AddList(members, "related_resources", annotation.RelatedResources.Select(r => Texts(("ref", r.Reference), ("description", r.Description))));
        AddList(members, "authors", annotation.Authors.Select(a => Texts(("name", a.Name), ("email", a.Email))));
        AddList(members, "schemas", annotation.Schemas.Select(Schema));
        if (annotation.Custom.Members.Count > 0)
        {
            members.Add(Member("custom", annotation.Custom));
        }

        return RegoObject.Create(members);
    }

    private static RegoValue Schema(SchemaAnnotation schema)
    {
        var members = new List<KeyValuePair<RegoValue, RegoValue>> { Member("path", RegoArray.Create(schema.Path)) };
        members.Add(schema.Schema is not null ? Member("schema", RegoArray.Create(schema.Schema)) : Member("definition", schema.Definition!));
        return RegoObject.Create(members);
    }

    private static RegoObject Texts(params (string Name, string Text)[] members) =>
        RegoObject.Create(members.Where(m => m.Text.Length > 0).Select(m => Member(m.Name, RegoValue.Of(m.Text))));

    private static void AddText(List<KeyValuePair<RegoValue, RegoValue>> members, string name, string text)
    {
        if (text.Length > 0)
        {
            members.Add(Member(name, RegoValue.Of(text)));
        }
    }

    private static void AddList(List<KeyValuePair<RegoValue, RegoValue>> members, string name, IEnumerable<RegoValue> items)
    {
        var list = RegoArray.Create(items);
        if (list.Items.Count > 0)
        {
            members.Add(Member(name, list));
        }
    }

    private static KeyValuePair<RegoValue, RegoValue> Member(string name, RegoValue value) => new(RegoValue.Of(name), value);
}
