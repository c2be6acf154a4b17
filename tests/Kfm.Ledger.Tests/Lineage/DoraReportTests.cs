using Kfm.Ledger.Entries;
using Kfm.Ledger.Lineage;

namespace Kfm.Ledger.Tests.Lineage;

public sealed class DoraReportTests
{
    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DoraWindow Window = new(March, March.AddDays(10));
    private static readonly (string, string) Production = ("environment", "production");

    // Hours count from noon of 1 March; each change's patch is at the given hour.
    private readonly LineageStory _story = new LineageStory()
        .Change("A", 1, hours: 0)
        .Change("B", 2, hours: 10)
        .Change("C", 3, hours: 20)
        .Add(LedgerEntryKind.Deployment, "toA", ["decisionA"], 1, hours: 2, attributes: Production)
        .Add(LedgerEntryKind.Deployment, "toB", ["decisionB", "approvalB"], 2, hours: 14, attributes: Production)
        .Add(LedgerEntryKind.Deployment, "staging", ["decisionC"], 3, hours: 21, attributes: ("environment", "staging"))
        .Add(LedgerEntryKind.Incident, "incident", ["toB"], 0, hours: 15)
        .Add(LedgerEntryKind.Incident, "resolved", ["incident"], 0, hours: 18, attributes: ("state", "resolved"))
        .Add(LedgerEntryKind.Deployment, "toC", ["decisionC"], 3, hours: 26, attributes: Production)
        .Add(LedgerEntryKind.Rollback, "backC", ["toC"], 3, hours: 27)
        .Add(LedgerEntryKind.Deployment, "broken", ["decisionA"], 1, hours: 30, attributes: [Production, ("result", "failed")])
        .Add(LedgerEntryKind.Incident, "open", ["toA"], 0, hours: 40);

    [Fact]
    public void Four_figures_come_from_the_log()
    {
        var figures = Figures(Window);
        Assert.Equal(4, figures.Deployments);
        Assert.Equal(0.3, figures.DeploymentsPerDay, 9);
        Assert.Equal(TimeSpan.FromHours(4), figures.LeadTime); // 2, 4 and 6 hours
        Assert.Equal(1.0, figures.ChangeFailureRate);
        Assert.Equal(TimeSpan.FromHours(2), figures.TimeToRestore); // 3 hours for the incident, 1 for the rollback
        Assert.Equal(1, figures.OpenIncidents);
    }

    [Fact]
    public void Figures_as_of_a_size_know_nothing_later()
    {
        var figures = Figures(Window with { AsOf = _story["resolved"] });
        Assert.Equal(2, figures.Deployments);
        Assert.Equal(0.5, figures.ChangeFailureRate);
        Assert.Null(figures.TimeToRestore);
        Assert.Equal(1, figures.OpenIncidents);
    }

    [Fact]
    public void Window_and_environment_choose_the_deployments()
    {
        Assert.Equal(1, Figures(Window with { Environment = "staging" }).Deployments);
        Assert.Equal(5, Figures(Window with { Environment = null }).Deployments);
        Assert.Equal(1, Figures(Window with { From = March.AddHours(12 + 3), To = March.AddHours(12 + 26) }).Deployments);
        Assert.Equal(0, Figures(Window with { Repository = "https://git.example/other" }).Deployments);
    }

    [Fact]
    public void Figure_without_data_is_unknown_and_not_zero()
    {
        var figures = Figures(new DoraWindow(March.AddYears(1), March.AddYears(2)));
        Assert.Equal(0, figures.DeploymentsPerDay);
        Assert.Null(figures.LeadTime);
        Assert.Null(figures.ChangeFailureRate);
        Assert.Null(figures.TimeToRestore);
    }

    [Fact]
    public void Window_that_ends_before_it_begins_is_misuse() =>
        Assert.Throws<ArgumentException>(() => Figures(new DoraWindow(March, March)));

    private DoraFigures Figures(DoraWindow window) => DoraReport.Compute(
        _story.Entries.Select((e, i) => new LogEntry(i, e.ToBytes(), e)), new LineageQuery(_story.Graph()), window);
}
