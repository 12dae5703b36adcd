// Opens the help that a chip links to beside the chip, as its button does elsewhere. Without this file the help stands at
// the foot of the window.

document.addEventListener("click", (event) => {
  const chip = event.target.closest?.('a.chip[href^="#help-"]');
  if (!chip) return;
  event.preventDefault();
  document.getElementById(chip.hash.slice(1)).showPopover({ source: chip });
});
