using System.Text;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A template string. An undefined expression shows as such.</summary>
internal sealed class TemplateStringTerm((string? Text, PlanTerm? Value)[] parts) : PlanTerm
{
    internal override RegoValue Eval(Frame frame)
    {
        var text = new StringBuilder();
        foreach (var (literal, term) in parts)
        {
            var value = term?.Eval(frame);
            text.Append(literal ?? (value is RegoString s ? s.Text : value?.ToString() ?? "<undefined>"));
        }

        return new RegoString(text.ToString());
    }

    internal override void Describe(SlotUse use)
    {
        use.All(parts.Where(p => p.Value is not null).Select(p => p.Value!));
        use.Impure();
    }
}
