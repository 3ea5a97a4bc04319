using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>What is said when a page is not there, or something broke.</summary>
[ResponseCache(NoStore = true)]
[IgnoreAntiforgeryToken]
public sealed class ErrorsModel(PageFrame frame, Wording wording) : PageModel
{
    public int Status { get; private set; }

    public void OnGet(int status) => Say(status);

    public void OnPost(int status) => Say(status);

    private void Say(int status)
    {
        Status = status;
        frame.Title = status switch
        {
            404 => wording["找不到这个页面", "This page is not here"],
            >= 500 => wording["页面出错了", "Something went wrong"],
            _ => wording["无法处理这个请求", "This request cannot be answered"],
        };
        if (status >= 500) frame.Shown = null;
    }
}
